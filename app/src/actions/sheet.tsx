import type { EscrowState, Method, Milestone, Network } from 'tranche-client';
import { useEffect } from 'preact/hooks';
import { UnknownCode } from '../escrow/warnings.tsx';
import { EXPLANATIONS, LABELS, milestoneTitle, titleOfAction } from '../escrow/words.ts';
import { go, links } from '../route.ts';
import { useStore } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useOutlasting } from '../ui/outlasting.ts';
import { Sheet } from '../ui/sheet.tsx';
import { say } from '../ui/status.tsx';
import { connecting } from '../wallet/connect-sheet.tsx';
import { session } from '../wallet/session.ts';
import { ActionForm } from './form.tsx';
import type { Sign } from './review.tsx';
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
  // Whoever leaves stops what can be stopped, and hears of the rest at the page's foot.
  const [run, follow] = useOutlasting<Run | undefined>(undefined, hasEnded, leave);
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
  if (state.version === null && !run) {
    return (
      <Sheet title={LABELS[action]} onClose={close}>
        <UnknownCode state={state} />
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
  const sign: Sign = (plan, fee) =>
    startRun({ network, state, session: who, plan, fee }, follow);
  const name = titleOfAction(action, milestone, who.address);
  const title = milestone ? `${name}: ${milestoneTitle(milestone)}` : name;
  return (
    <Sheet
      title={title}
      onClose={close}
      held={run !== undefined && HELD.includes(run.stage)}
      wide
    >
      {run && <RunView run={run} state={state} onClose={close} onAgain={() => follow(undefined)} />}
      {!(run && isOver(run)) && (
        // What was typed is still there when it is tried again.
        <div hidden={run !== undefined}>
          <ActionForm
            network={network}
            state={state}
            milestone={milestone}
            method={action}
            me={who.address}
            onSign={sign}
          />
        </div>
      )}
    </Sheet>
  );
}

/** While one of these is under way, closing would hide it. */
const HELD: readonly Run['stage'][] = ['preparing', 'signing', 'sending'];

/** Nothing of it can be tried again. */
const isOver = (run: Run): boolean =>
  run.stage === 'handed over' || (run.stage === 'done' && 'confirmed' in run);

/** Nothing of it goes on. */
const hasEnded = (run: Run | undefined): boolean => !run || run.stage === 'done';

/** What becomes of a run whose sheet is gone. */
function leave(run: Run | undefined): void {
  if (!run || run.stage === 'preparing' || run.stage === 'handed over') return;
  if (run.stage === 'signing') run.stop?.();
  else if (run.stage === 'reading') say('It stands on the chain.');
  else if (run.stage !== 'done') say('It was sent. The page looks what becomes of it.');
  else if ('confirmed' in run) say(`It stands on the chain, in ledger ${run.confirmed.ledger}.`);
  else say(run.problem.happened);
}
