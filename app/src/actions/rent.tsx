import { calls, LIMITS } from 'tranche-client';
import { useState } from 'preact/hooks';
import { TextField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { wholeError } from './input.ts';
import type { FormProps, Plan } from './plan.ts';

/** One ledger in five seconds. */
const LEDGERS_A_DAY = 17_280;
/** The network keeps nothing for longer: 3,110,400 ledgers. */
const MAX_DAYS = 180;

/** `extend_ttl`: rent paid ahead. */
export function RentForm({ context, children }: FormProps) {
  const { totals } = context.state.escrow;
  const [days, setDays] = useState('90');
  const [first, setFirst] = useState('0');
  const limit = Math.min(LIMITS.items, totals.milestones);
  const daysError = wholeError(days, 1, MAX_DAYS);
  const firstError = wholeError(first, 0, totals.milestones - 1);
  const start = Number(first);
  const plan: Plan = {
    call: calls.extendTtl(context.state, Number(days) * LEDGERS_A_DAY, start, limit),
    rows: [
      ['Kept for', `about ${days} days, reckoned at five seconds a ledger`],
      ['Milestones', `${first} to ${Math.min(start + limit, totals.milestones) - 1}`],
    ],
    parties: [],
  };
  return (
    <>
      <Notice tone="wait" title="This pays for the code as well">
        <p>
          Nearly all of the cost is the rent of the code, which every escrow of this version shares.
          Ordinary actions keep alive what they touch, and what was put to rest comes back by
          itself: you need this only for an escrow that is to sleep for long.
        </p>
      </Notice>
      <div class="pair">
        <TextField
          label="Days from now"
          value={days}
          onInput={setDays}
          error={daysError}
          inputMode="numeric"
        />
        <TextField
          label="First milestone"
          value={first}
          onInput={setFirst}
          error={firstError}
          inputMode="numeric"
          hint={`${limit} from this one on.`}
        />
      </div>
      {children(daysError ?? firstError ?? plan)}
    </>
  );
}
