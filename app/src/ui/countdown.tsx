import { useNow } from '../network/clock.ts';
import { dateOf, spanShort } from './words.ts';

/** How long until a moment, or since when it has passed, by the ledger's time. */
export function Countdown({ at }: { at: bigint }) {
  const now = useNow();
  const date = dateOf(at);
  if (now === undefined) return <time title={date}>{date}</time>;
  const left = at - now;
  return (
    <time class="countdown num" title={date}>
      {left > 0n ? `in ${spanShort(left)}` : `since ${date}`}
    </time>
  );
}
