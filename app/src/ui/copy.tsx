import { useState } from 'preact/hooks';
import { Icon } from './icons.tsx';
import { say } from './status.tsx';

const SHOWN_MILLISECONDS = 1500;

/** A small button that copies a text. */
export function Copy({ text, what }: { text: string; what: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      setTimeout(() => setCopied(false), SHOWN_MILLISECONDS);
      say(`Copied ${what}.`);
    } catch {
      say(`This browser did not let the page copy ${what}: select it, and copy it by hand.`);
    }
  };
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={`Copy ${what}`}
      title={`Copy ${what}`}
      onClick={copy}
    >
      <Icon name={copied ? 'check' : 'copy'} size={16} />
    </button>
  );
}
