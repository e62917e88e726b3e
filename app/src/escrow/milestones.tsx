import { isSettled, silences, standing, type EscrowState, type Milestone } from 'tranche-client';
import { ActionButton } from '../actions/button.tsx';
import { useNow } from '../network/clock.ts';
import { links } from '../route.ts';
import { useStore } from '../store.ts';
import { Address } from '../ui/address.tsx';
import { Amount } from '../ui/amount.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Countdown } from '../ui/countdown.tsx';
import { session } from '../wallet/session.ts';
import { Progress } from './steps.tsx';
import { turnsOn } from './turns.ts';
import { milestoneTitle, TONES } from './words.ts';

interface Props {
  state: EscrowState;
  start: number;
  size: number;
  onStart: (start: number) => void;
}

/** The milestones, a page at a time. */
export function MilestoneTable({ state, start, size, onStart }: Props) {
  const { milestones: count } = state.escrow.totals;
  const shown = state.milestones.filter(
    ({ milestone }) => milestone >= start && milestone < start + size,
  );
  return (
    <section class="card flush" aria-labelledby="milestones">
      <div class="row apart card-head">
        <h2 id="milestones">Milestones</h2>
        {count > size && <Pager start={start} size={size} count={count} onStart={onStart} />}
      </div>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">Milestone</th>
            <th scope="col" class="right">
              Amount
            </th>
            <th scope="col">Receiver</th>
            <th scope="col">State</th>
            <th scope="col">Deadline</th>
            <th scope="col">
              <span class="unseen">Action</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((milestone) => (
            <Row key={milestone.milestone} state={state} milestone={milestone} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ state, milestone }: { state: EscrowState; milestone: Milestone }) {
  const { status, waits } = standing(state, milestone);
  const link = links.milestone(state.id, milestone.milestone);
  return (
    <tr>
      <td class="wide-cell">
        <div class="milestone-name">
          <span class="index">{milestone.milestone}</span>
          <div>
            <a class="title-link" href={link}>
              {milestoneTitle(milestone)}
            </a>
            <Progress milestone={milestone} />
          </div>
        </div>
      </td>
      <td class="right" data-label="Amount">
        <Amount units={milestone.amount} token={state.token} />
      </td>
      <td data-label="Receiver">
        <Address address={milestone.receiver} what="the receiver’s address" />
      </td>
      <td data-label="State">
        <Badge tone={TONES[status]}>{status}</Badge>
        <p class="soft small">{waits}</p>
      </td>
      <td data-label="Deadline">
        <Deadline state={state} milestone={milestone} />
      </td>
      <td class="end">
        <Next state={state} milestone={milestone} link={link} />
      </td>
    </tr>
  );
}

/** The next moment at which silence has an effect, or else when the work is due. */
function Deadline({ state, milestone }: { state: EscrowState; milestone: Milestone }) {
  const now = useNow() ?? state.ledger.time;
  const all = silences(state, milestone, now);
  const next = all.find(({ passed }) => !passed) ?? all.at(-1);
  if (next?.at) {
    return (
      <span class="deadline">
        <Countdown at={next.at} />
        <span class="soft small">{next.what}</span>
      </span>
    );
  }
  if (milestone.due === 0n || isSettled(milestone)) return <span class="faint">none</span>;
  return (
    <span class="deadline">
      <Countdown at={milestone.due} />
      <span class="soft small">due</span>
    </span>
  );
}

function Next({
  state,
  milestone,
  link,
}: {
  state: EscrowState;
  milestone: Milestone;
  link: string;
}) {
  const me = useStore(session)?.address;
  const now = useNow() ?? state.ledger.time;
  const turn = me && milestone.funded ? turnsOn(state, milestone, me, now)[0] : undefined;
  if (turn) return <ActionButton state={state} action={turn} kind="primary" />;
  return (
    <Button small kind="quiet" href={link} label={`Details of ${milestoneTitle(milestone)}`}>
      Details
    </Button>
  );
}

/** Turns the pages of milestones, which are counted from 0; `first` is the first that is shown at all. */
export function Pager({
  first = 0,
  start,
  size,
  count,
  onStart,
}: {
  first?: number;
  start: number;
  size: number;
  count: number;
  onStart: (start: number) => void;
}) {
  const last = Math.min(start + size, count) - 1;
  return (
    <div class="row" role="group" aria-label="Pages of milestones">
      <span class="soft small">
        {start} to {last} of {count}
      </span>
      <Button
        small
        icon="back"
        onClick={() => onStart(Math.max(first, start - size))}
        reason={start === first ? 'These are the first.' : undefined}
      >
        Earlier
      </Button>
      <Button
        small
        onClick={() => onStart(start + size)}
        reason={last + 1 >= count ? 'These are the last.' : undefined}
      >
        Later
      </Button>
    </div>
  );
}
