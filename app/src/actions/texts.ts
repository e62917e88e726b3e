/** Caps of texts in bytes, as the contract has them. */
export const CAPS = { engagement_id: 64, title: 100, text: 500 } as const;

const encoder = new TextEncoder();

/** How long a text is, as the contract counts. */
export const bytesOf = (text: string): number => encoder.encode(text).length;

/** What is wrong with the length of a text; undefined if nothing is. */
export function tooLong(text: string, cap: number = CAPS.text): string | undefined {
  const length = bytesOf(text);
  return length > cap ? `This is ${length} bytes long, and ${cap} are allowed: shorten it.` : undefined;
}
