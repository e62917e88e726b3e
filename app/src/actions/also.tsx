import { LIMITS, type Method, type Milestone } from 'tranche-client';
import { useState } from 'preact/hooks';
import { milestoneTitle } from '../escrow/words.ts';
import { Amount } from '../ui/amount.tsx';
import { Tick } from '../ui/field.tsx';
import { others, type Context } from './plan.ts';

/** The milestone that an action is about, and others that can go with it in one call. */
export function useBatch(context: Context, method: Method) {
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const possible = others(context, method);
  const first = context.milestone ? [context.milestone] : [];
  const milestones = [...first, ...possible.filter(({ milestone }) => chosen.has(milestone))]
    .slice(0, LIMITS.items)
    .sort((a, b) => a.milestone - b.milestone);
  const toggle = (milestone: number, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(milestone);
    else next.delete(milestone);
    setChosen(next);
  };
  const fields = possible.length > 0 && (
    <details class="also" open={chosen.size > 0}>
      <summary>Together with others ({possible.length})</summary>
      <div class="stack tight">
        {possible.map((other) => (
          <Tick
            key={other.milestone}
            checked={chosen.has(other.milestone)}
            onChange={(on) => toggle(other.milestone, on)}
            label={<Line context={context} milestone={other} />}
          />
        ))}
      </div>
    </details>
  );
  return { milestones, fields };
}

function Line({ context, milestone }: { context: Context; milestone: Milestone }) {
  return (
    <>
      {milestone.milestone} {milestoneTitle(milestone)},{' '}
      <Amount units={milestone.amount} token={context.state.token} />
    </>
  );
}

/** The rows that tell which milestones a call is about. */
export const milestoneRows = (milestones: Milestone[]): (readonly [string, string])[] =>
  milestones.map((one) => ['Milestone', `${one.milestone} ${milestoneTitle(one)}`]);

/** Addresses without those that stand there twice. */
export const unique = (addresses: string[]): string[] => [...new Set(addresses)];
