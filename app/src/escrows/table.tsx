import { useState } from 'preact/hooks';
import { openElsewhere } from '../escrow/turns.ts';
import { LABELS, milestoneTitle, STATES, titleOf } from '../escrow/words.ts';
import { links } from '../route.ts';
import { Amount } from '../ui/amount.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { plain } from '../ui/words.ts';
import type { Row } from './view.ts';

/** How many rows are drawn before more are asked for. */
const FIRST = 100;

/** Escrows, one a row. */
export function EscrowTable({ rows, mine }: { rows: Row[]; mine: boolean }) {
  const [all, setAll] = useState(false);
  return (
    <section class="card flush" aria-label="Escrows">
      <table class="table escrows">
        <thead>
          <tr>
            <th scope="col">Escrow</th>
            <th scope="col">State</th>
            {mine && <th scope="col">You are</th>}
            <th scope="col" class="right">
              Reserved
            </th>
            <th scope="col" class="right">
              Needed in all
            </th>
            <th scope="col">Milestones</th>
            {mine && <th scope="col">Waits for you</th>}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, all ? undefined : FIRST).map((row) => (
            <EscrowRow key={row.state.id} row={row} mine={mine} />
          ))}
        </tbody>
      </table>
      {!all && rows.length > FIRST && (
        <div class="row card-foot">
          <Button small onClick={() => setAll(true)}>
            Show all {rows.length}
          </Button>
        </div>
      )}
    </section>
  );
}

function EscrowRow({ row, mine }: { row: Row; mine: boolean }) {
  const { state, seats } = row;
  const { terms, totals, state: stands } = state.escrow;
  const { name, tone } = STATES[stands.tag];
  return (
    <tr>
      <td class="wide-cell">
        <a class="title-link" href={links.escrow(state.id)}>
          {titleOf(state)}
        </a>
        <p class="faint small">{plain(terms.engagement_id)}</p>
      </td>
      <td data-label="State">
        <Badge tone={tone}>{name}</Badge>
      </td>
      {mine && (
        <td data-label="You are" class="small">
          {seats.length > 0 ? (
            seats.join(', ')
          ) : (
            <span class="faint">nobody here</span>
          )}
        </td>
      )}
      <td class="right" data-label="Reserved">
        <Amount units={totals.reserved} token={state.token} />
      </td>
      <td class="right" data-label="Needed in all">
        <Amount units={totals.gross} token={state.token} />
      </td>
      <td data-label="Milestones" class="num">
        {totals.settled} of {totals.milestones} settled
      </td>
      {mine && (
        <td data-label="Waits for you" class="end">
          <Turn row={row} />
        </td>
      )}
    </tr>
  );
}

function Turn({ row: { state, turns, unasked } }: { row: Row }) {
  const [first, ...more] = turns;
  if (!first) {
    if (unasked) return <a href={links.escrow(state.id)}>Somebody names you as payer</a>;
    if (openElsewhere(state) > 0) return <a href={links.escrow(state.id)}>Open it to see</a>;
    return <span class="faint">nothing</span>;
  }
  const milestone = state.milestones.find(({ milestone }) => milestone === first.milestone);
  const link = milestone ? links.milestone(state.id, milestone.milestone) : links.escrow(state.id);
  return (
    <span class="turn-link">
      <a href={link}>
        {LABELS[first.method]}
        {milestone && `: ${milestoneTitle(milestone)}`}
      </a>
      {more.length > 0 && <span class="soft small"> and {more.length} more</span>}
    </span>
  );
}
