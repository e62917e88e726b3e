import {
  escrowActions,
  milestoneActions,
  type EscrowState,
  type Method,
  type Milestone,
  type Network,
} from 'tranche-client';
import { useState } from 'preact/hooks';
import { Imitation } from '../escrow/warnings.tsx';
import { EXPLANATIONS, titleOf } from '../escrow/words.ts';
import { useNow } from '../network/clock.ts';
import { networkName } from '../network/connection.ts';
import { Address } from '../ui/address.tsx';
import { Button } from '../ui/button.tsx';
import { Facts } from '../ui/facts.tsx';
import { Notice } from '../ui/notice.tsx';
import { changesSince } from './changes.ts';
import { FORMS } from './forms.ts';
import type { Context, Plan, Planned } from './plan.ts';
import { Review, type Sign } from './review.tsx';

interface Props {
  network: Network;
  state: EscrowState;
  milestone: Milestone | undefined;
  method: Method;
  me: string;
  onSign: Sign;
}

/** The form of an action, with what it comes to; or why it cannot be used now. */
export function ActionForm(props: Props) {
  const { state, milestone, method, me } = props;
  const now = useNow() ?? state.ledger.time;
  const actions = milestone
    ? milestoneActions(state, milestone, me, now)
    : escrowActions(state, me, now);
  const action = actions.find((one) => one.method === method);
  if (!action) {
    return <Notice tone="wait" title="This action is not one of this part of the escrow." />;
  }
  if (!action.allowed) {
    return (
      <div class="stack">
        <p class="soft">{EXPLANATIONS[method]}</p>
        <Notice tone="wait" title={action.reason}>
          <p>It belongs to {action.by}. Nothing was sent.</p>
        </Notice>
      </div>
    );
  }
  return <PinnedForm {...props} now={now} />;
}

/** What is typed is kept when the rest is looked at anew, but for what begins from the state. */
const BEGINS_ANEW: Partial<Record<Method, string>> = {
  update: 'What you typed here then begins anew.',
  manage_milestones: 'What you add here stays; what you edit and remove then begins anew.',
};

/** Shows, and has signed, the state as of when it was opened, until the person takes a newer one. */
function PinnedForm(props: Props & { now: bigint }) {
  const { network, state, milestone, method, me, now, onSign } = props;
  const [pinned, setPinned] = useState({ state, milestone, turn: 0 });
  const Fields = FORMS[method];
  const context: Context = { network, me, now, state: pinned.state, milestone: pinned.milestone };
  const lookAgain = () => setPinned({ state, milestone, turn: pinned.turn + 1 });
  return (
    <form class="stack" onSubmit={(event) => event.preventDefault()}>
      <p class="soft">{EXPLANATIONS[method]}</p>
      <Fields
        key={method === 'update' ? `${me} ${pinned.turn}` : me}
        context={context}
        method={method}
      >
        {(planned: Planned) => {
          const plan = typeof planned === 'string' ? undefined : planned;
          const changes = plan ? changesSince(plan.call, pinned.state, state) : [];
          return (
            <>
              {plan && movesMoney(plan) && <Imitation network={network} state={pinned.state} />}
              {plan && <Facts rows={[...whereRows(pinned.state, network), ...plan.rows]} />}
              {changes.length > 0 && (
                <Changed changes={changes} lost={BEGINS_ANEW[method]} onLook={lookAgain} />
              )}
              <Review
                network={network}
                state={state}
                me={me}
                method={method}
                planned={
                  changes.length > 0 ? 'Look at what has changed first, as said above.' : planned
                }
                onSign={onSign}
              />
            </>
          );
        }}
      </Fields>
    </form>
  );
}

const movesMoney = ({ parties }: Plan): boolean => parties.length > 0;

function Changed(props: {
  changes: string[];
  /** What looking again takes away. */
  lost: string | undefined;
  onLook: () => void;
}) {
  const { changes, lost, onLook } = props;
  return (
    <div role="alert">
      <Notice tone="wait" title={`This changed while you looked at it: ${changes.join('; ')}.`}>
        <p>What stands above is as you opened it, and is not signed any more. {lost}</p>
        <div class="row">
          <Button small onClick={onLook}>
            Show it as it is now
          </Button>
        </div>
      </Notice>
    </div>
  );
}

function whereRows(state: EscrowState, network: Network): Plan['rows'] {
  const { token } = state;
  return [
    ['Escrow', titleOf(state)],
    ['Its address', <Address address={state.id} what="the escrow’s address" full />],
    [
      'Token',
      <>
        <Address address={token.address} what="the token’s address" full />
        {token.asset !== null && <code class="full">{token.asset}</code>}
      </>,
    ],
    ['Network', networkName(network.passphrase)],
  ];
}
