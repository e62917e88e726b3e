import { isSettled, type Milestone } from 'tranche-client';
import { dateOf } from '../ui/words.ts';

interface Step {
  name: string;
  done: boolean;
  /** When, as far as the chain keeps it. */
  at?: bigint;
}

function stepsOf(milestone: Milestone): Step[] {
  const { funded, status, flags, completed_at, approved_at } = milestone;
  const last = flags.refunded ? 'Returned' : flags.resolved ? 'Resolved' : 'Paid';
  return [
    { name: 'Funded', done: funded },
    { name: 'Completed', done: status.tag === 'Completed', at: completed_at },
    { name: 'Approved', done: flags.approved, at: approved_at },
    { name: last, done: isSettled(milestone) },
  ];
}

/** How far a milestone has come, as a small bar. */
export function Progress({ milestone }: { milestone: Milestone }) {
  const steps = stepsOf(milestone);
  const told = steps
    .map(({ name, done }) => `${done ? '' : 'not '}${name.toLowerCase()}`)
    .join(', ');
  return (
    <span
      class={milestone.flags.disputed ? 'progress stopped' : 'progress'}
      role="img"
      aria-label={told}
      title={told}
    >
      {steps.map(({ name, done }) => (
        <span key={name} class={done ? 'done' : ''} />
      ))}
    </span>
  );
}

/** The same in full, with dates. */
export function Steps({ milestone }: { milestone: Milestone }) {
  return (
    <ol class={milestone.flags.disputed ? 'steps stopped' : 'steps'}>
      {stepsOf(milestone).map(({ name, done, at }) => (
        <li key={name} class={done ? 'done' : ''}>
          <span class="step-name">
            {name}
            <span class="unseen">{done ? ', done' : ', not yet'}</span>
          </span>
          {done && at !== undefined && at > 0n && <span class="faint small">{dateOf(at)}</span>}
        </li>
      ))}
    </ol>
  );
}
