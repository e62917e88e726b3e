import {
  escrowActions,
  milestoneActions,
  type EscrowState,
  type Method,
  type Milestone,
  type Network,
} from 'tranche-client';
import { useEffect, useState } from 'preact/hooks';
import { EXPLANATIONS, LABELS, milestoneTitle, titleOf } from '../escrow/words.ts';
import { networkName } from '../network/connection.ts';
import { useNow } from '../network/clock.ts';
import { go, links } from '../route.ts';
import { useStore } from '../store.ts';
import { Address } from '../ui/address.tsx';
import { Button } from '../ui/button.tsx';
import { Facts } from '../ui/facts.tsx';
import { Notice } from '../ui/notice.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { connecting } from '../wallet/connect-sheet.tsx';
import { session } from '../wallet/session.ts';
import { FORMS } from './forms.ts';
import type { Context, Plan, Planned } from './plan.ts';
import { Review } from './review.tsx';
import { RunView } from './run-view.tsx';
import { startRun, type Run } from './run.ts';

interface Props {
  network: Network;
  state: EscrowState;
  milestone: Milestone | undefined;
  action: string;
  reload: () => Promise<void>;
}

const isMethod = (text: string): text is Method => text in LABELS;

/** What is about to be signed; then how it goes; then what came of it. */
export function ActionSheet({ network, state, milestone, action, reload }: Props) {
  const who = useStore(session);
  const [run, setRun] = useState<Run>();
  const close = () =>
    go(milestone ? links.milestone(state.id, milestone.milestone) : links.escrow(state.id), {
      replace: true,
    });
  const settled = run?.stage === 'done';
  useEffect(() => {
    if (settled) void reload();
  }, [settled]);
  if (!isMethod(action)) {
    return (
      <Sheet title="There is no such action" onClose={close}>
        <p>
          The link names an action that an escrow does not have. Choose one of those on the page.
        </p>
      </Sheet>
    );
  }
  if (!who) {
    return (
      <Sheet title={LABELS[action]} onClose={close}>
        <div class="stack">
          <p class="soft">{EXPLANATIONS[action]}</p>
          <Notice tone="calm" title="To do this, connect a wallet." />
          <div class="row">
            <Button kind="primary" icon="wallet" onClick={() => connecting.set(true)}>
              Connect
            </Button>
          </div>
        </div>
      </Sheet>
    );
  }
  const sign = async (plan: Plan) => {
    await startRun({ network, state, session: who, plan }, setRun);
  };
  const title = milestone ? `${LABELS[action]}: ${milestoneTitle(milestone)}` : LABELS[action];
  return (
    <Sheet
      title={title}
      onClose={close}
      held={run !== undefined && !settled && run.stage !== 'handed over'}
      wide
    >
      {run ? (
        <RunView run={run} state={state} onClose={close} onAgain={() => setRun(undefined)} />
      ) : (
        <Form
          network={network}
          state={state}
          milestone={milestone}
          method={action}
          me={who.address}
          onSign={sign}
        />
      )}
    </Sheet>
  );
}

interface FormViewProps {
  network: Network;
  state: EscrowState;
  milestone: Milestone | undefined;
  method: Method;
  me: string;
  onSign: (plan: Plan) => Promise<void>;
}

function Form({ network, state, milestone, method, me, onSign }: FormViewProps) {
  const now = useNow() ?? state.ledger.time;
  const actions = milestone
    ? milestoneActions(state, milestone, me, now)
    : escrowActions(state, me, now);
  const action = actions.find((one) => one.method === method);
  const context: Context = { network, state, milestone, me, now };
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
  const Fields = FORMS[method];
  return (
    <form class="stack" onSubmit={(event) => event.preventDefault()}>
      <p class="soft">{EXPLANATIONS[method]}</p>
      <Fields context={context} method={method}>
        {(planned: Planned) => (
          <>
            {typeof planned !== 'string' && (
              <Facts rows={[...whereRows(state, network), ...planned.rows]} />
            )}
            <Review
              network={network}
              state={state}
              me={me}
              method={method}
              planned={planned}
              onSign={onSign}
            />
          </>
        )}
      </Fields>
    </form>
  );
}

function whereRows(state: EscrowState, network: Network): Plan['rows'] {
  return [
    ['Escrow', titleOf(state)],
    ['Its address', <Address address={state.id} what="the escrow’s address" full />],
    ['Network', networkName(network.passphrase)],
  ];
}
