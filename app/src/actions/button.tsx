import type { Action, EscrowState } from 'tranche-client';
import { LABELS } from '../escrow/words.ts';
import { links } from '../route.ts';
import { Button } from '../ui/button.tsx';

interface Props {
  state: EscrowState;
  action: Action;
  kind?: 'primary' | 'plain';
  /** Says beside it what it does, if it can be used. */
  withReason?: boolean;
}

/** The button of an action; one that cannot be used now says why. */
export function ActionButton({ state, action, kind = 'plain', withReason = false }: Props) {
  const { method, milestone, allowed, reason } = action;
  const button = (
    <Button
      kind={allowed ? kind : 'plain'}
      href={links.action(state.id, method, milestone ?? undefined)}
      reason={allowed ? undefined : reason}
      small
    >
      {LABELS[method]}
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
