import type { Action, EscrowState } from 'tranche-client';
import { titleOfAction } from '../escrow/words.ts';
import { links } from '../route.ts';
import { useStore } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { session } from '../wallet/session.ts';

interface Props {
  state: EscrowState;
  action: Action;
  kind?: 'primary' | 'plain';
  /** Says beside it what it does, if it can be used. */
  withReason?: boolean;
}

/** The button of an action; one that cannot be used now says why. */
export function ActionButton({ state, action, kind = 'plain', withReason = false }: Props) {
  const { method, milestone, allowed, reason, mine } = action;
  const me = useStore(session)?.address;
  const about = state.milestones.find((one) => one.milestone === milestone);
  const button = (
    <Button
      kind={allowed ? kind : 'plain'}
      href={links.action(state.id, method, milestone ?? undefined)}
      reason={allowed ? undefined : reason}
      small
    >
      {titleOfAction(method, about, mine ? me : undefined)}
    </Button>
  );
  if (!withReason || !allowed) return button;
  return (
    <span class="button-with-reason">
      {button}
      <span class="reason">{reason}</span>
    </span>
  );
}
