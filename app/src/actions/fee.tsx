import type { Prepared } from 'tranche-client';
import { useLoad } from '../load.ts';
import { feeInWords } from './review.tsx';

interface Props {
  prepare: () => Promise<Prepared>;
  /** What it depends on: the network is asked anew whenever that changes. */
  of: string;
  what?: string | undefined;
}

/** The most that the network takes, once it has said so. Why it would refuse is said when it is sent. */
export function Fee({ prepare, of, what }: Props) {
  const { value } = useLoad(prepare, [of]);
  return (
    <p class="soft small" aria-live="polite">
      {value && !value.restores && feeInWords(value.fee, what)}
    </p>
  );
}
