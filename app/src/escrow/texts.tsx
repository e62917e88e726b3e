import { plain } from '../ui/words.ts';

/** What was given as evidence: a link, if it is one that a browser may safely follow. */
export function Evidence({ text }: { text: string }) {
  const shown = plain(text);
  const safe = URL.canParse(text) && ['https:', 'http:'].includes(new URL(text).protocol);
  if (!safe) return <span>{shown}</span>;
  return (
    <a href={text} target="_blank" rel="noreferrer noopener">
      {shown}
    </a>
  );
}

/** Bytes as hexadecimal digits. */
export const hex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
