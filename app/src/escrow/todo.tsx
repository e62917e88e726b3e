import { escrowActions, type Action, type EscrowState } from 'tranche-client';
import { ActionButton } from '../actions/button.tsx';
import { useNow } from '../network/clock.ts';
import { useStore } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { counted } from '../ui/words.ts';
import { connecting } from '../wallet/connect-sheet.tsx';
import { session } from '../wallet/session.ts';
import { isUrgent, openElsewhere, turnsOf } from './turns.ts';
import { milestoneTitle } from './words.ts';

/** What waits for the person who looks. */
export function YourTurn({ state }: { state: EscrowState }) {
  const me = useStore(session)?.address;
  const now = useNow() ?? state.ledger.time;
  if (!me) return <Invitation />;
  const turns = turnsOf(state, me, now);
  const unread = openElsewhere(state);
  if (turns.length + unread === 0) return null;
  return (
    <section class="card turn stack" aria-labelledby="your-turn">
      <h2 id="your-turn">Waiting for you</h2>
      <ul class="turns">
        {turns.map((turn) => (
          <li key={`${turn.method} ${turn.milestone}`}>
            <div>
              <strong>{subject(state, turn)}</strong>
              <p class="soft small">{turn.reason}</p>
            </div>
            <ActionButton state={state} action={turn} kind="primary" />
          </li>
        ))}
      </ul>
      {unread > 0 && (
        <p class="soft small">
          {counted(unread, 'milestone')} more {unread === 1 ? 'is' : 'are'} not settled and on other
          pages: what waits for you there shows when you turn to them.
        </p>
      )}
    </section>
  );
}

/** For who looks without a wallet. */
function Invitation() {
  return (
    <section class="card row apart" aria-label="Your part">
      <p class="soft">Do you hold a seat here? Connect your wallet to see what waits for you.</p>
      <Button small icon="wallet" onClick={() => connecting.set(true)}>
        Connect
      </Button>
    </section>
  );
}

function subject(state: EscrowState, { milestone }: Action): string {
  const found = state.milestones.find((one) => one.milestone === milestone);
  return found ? milestoneTitle(found) : 'The whole escrow';
}

/** Everything that can be done with the escrow as a whole, by whom, and why not now. */
export function EscrowActions({ state }: { state: EscrowState }) {
  const me = useStore(session)?.address;
  const now = useNow() ?? state.ledger.time;
  const actions = escrowActions(state, me ?? null, now);
  return (
    <section class="card stack" aria-labelledby="escrow-actions">
      <h2 id="escrow-actions">Actions</h2>
      <ActionList state={state} actions={actions} />
    </section>
  );
}

/** Actions: those of the person who looks, and, folded away, those of all others. */
export function ActionList({ state, actions }: { state: EscrowState; actions: Action[] }) {
  const possibleFirst = (a: Action, b: Action) => Number(b.allowed) - Number(a.allowed);
  const own = actions.filter(({ mine, allowed }) => mine || allowed).sort(possibleFirst);
  const rest = actions.filter((action) => !own.includes(action));
  return (
    <>
      {own.length > 0 && <Listed state={state} actions={own} />}
      {rest.length > 0 && (
        <details class="rest" open={own.length === 0}>
          <summary>
            {own.length > 0 ? `What others may do here (${rest.length})` : 'What may be done here'}
          </summary>
          <Listed state={state} actions={rest} />
        </details>
      )}
    </>
  );
}

function Listed({ state, actions }: { state: EscrowState; actions: Action[] }) {
  return (
    <ul class="actions">
      {actions.map((action) => (
        <li key={action.method}>
          <ActionButton
            state={state}
            action={action}
            kind={action.mine && isUrgent(action) ? 'primary' : 'plain'}
            withReason
          />
        </li>
      ))}
    </ul>
  );
}
