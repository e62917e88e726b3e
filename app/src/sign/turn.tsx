import {
  coSign,
  isContract,
  prepareHandedBack,
  problemOf,
  watch,
  type HandedOver,
  type Network,
  type Outcome,
  type Prepared,
  type Problem,
} from 'tranche-client';
import { Fee } from '../actions/fee.tsx';
import { ForItsTools, LinkToGive } from '../actions/run-view.tsx';
import { search, signAndSend, stoppable, type Run } from '../actions/run.ts';
import { links } from '../route.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useOutlasting } from '../ui/outlasting.ts';
import { ProblemNotice } from '../ui/problem.tsx';
import { say } from '../ui/status.tsx';
import type { Session } from '../wallet/session.ts';

type Step =
  | { at: 'start' }
  | { at: 'busy'; what: string }
  /** The wallet is waited for. */
  | { at: 'signing'; what: string; stop?: (() => void) | undefined }
  /** It was sent, and is looked for. */
  | { at: 'pending'; what: string; stop: () => void }
  /** What was sent and lost can be looked for once more. */
  | { at: 'failed'; problem: Problem; lookAgain?: () => Promise<Step> }
  | { at: 'signed'; link: string }
  | { at: 'sent'; ledger: number };

interface Props {
  network: Network;
  text: string;
  handed: HandedOver;
  who: Session;
  /** The escrow that it is about. */
  escrow: string;
}

/** What whoever is connected can do with it: sign a part, or send the whole. */
export function Turn({ network, text, handed, who, escrow }: Props) {
  const [step, show] = useOutlasting<Step>({ at: 'start' }, isOver, leave);
  const mine = handed.coSigners.includes(who.address);
  const attempt = async (doing: () => Promise<Step>) => {
    try {
      show(await doing());
    } catch (caught) {
      show({ at: 'failed', problem: problemOf(caught) });
    }
  };
  const sign = async (): Promise<Step> => {
    const { wallet, stop } = stoppable(who.wallet);
    show({ at: 'signing', what: 'Waiting for your wallet…', stop });
    const signed = await coSign(network, text, wallet);
    return { at: 'signed', link: new URL(links.sign(signed), location.href).href };
  };
  const landing = (stop: () => void) =>
    show({ at: 'pending', what: 'Waiting for a ledger to take it…', stop });
  const send = async (): Promise<Step> => {
    show({ at: 'busy', what: 'Asking the network…' });
    const prepared = await prepareHandedBack(network, text);
    const signing = prepared.restores
      ? 'What is archived is brought back first. Waiting for your wallet…'
      : 'Waiting for your wallet…';
    const { stop, patience } = search();
    const tell = (run: Run) => {
      if (run.stage === 'signing') show({ at: 'signing', what: signing, stop: run.stop });
      else landing(stop);
    };
    return concluded(prepared, await signAndSend(network, who.wallet, prepared, tell, patience));
  };
  /** What only brought back what was archived is followed by the call. */
  const concluded = async (prepared: Prepared, outcome: Outcome): Promise<Step> => {
    if (outcome.state === 'confirmed') {
      return prepared.restores ? send() : { at: 'sent', ledger: outcome.ledger };
    }
    const { state, problem } = outcome;
    if (state !== 'lost') return { at: 'failed', problem };
    const lookAgain = async () => {
      const { stop, patience } = search();
      landing(stop);
      return concluded(prepared, await watch(network, prepared.hash, prepared.lastLedger, patience));
    };
    return { at: 'failed', problem, lookAgain };
  };
  if (step.at === 'signed') {
    return (
      <Notice tone="good" title="You have signed your part. Nothing was sent yet.">
        <p>Give this link back to who sends it.</p>
        <LinkToGive link={step.link} />
      </Notice>
    );
  }
  if (step.at === 'sent') {
    return (
      <Notice tone="good" title={`Done. It stands on the chain, in ledger ${step.ledger}.`}>
        <div class="row">
          <Button kind="primary" href={links.escrow(escrow)}>
            Go to the escrow
          </Button>
        </div>
      </Notice>
    );
  }
  const busy = 'what' in step ? step.what : undefined;
  const stop = 'stop' in step ? step.stop : undefined;
  const accounts = handed.coSigners.filter((one) => !isContract(one));
  const ready = handed.coSigners.length === 0;
  const sends = who.address === handed.source;
  const { lookAgain } = step.at === 'failed' ? step : {};
  return (
    <div class="stack">
      {step.at === 'failed' && <ProblemNotice problem={step.problem} />}
      {lookAgain && (
        <Button kind="primary" onClick={() => void attempt(lookAgain)}>
          Look for it again
        </Button>
      )}
      {mine && (
        <Button kind="primary" busy={busy} onClick={() => void attempt(sign)}>
          Sign my part
        </Button>
      )}
      {!mine && accounts.length > 0 && (
        <Notice
          tone="wait"
          title="Nothing here is for you to sign yet. Connect the account that is named above."
        />
      )}
      {accounts.length < handed.coSigners.length && <ForItsTools text={text} />}
      {ready && !lookAgain && sends && (
        <Fee prepare={() => prepareHandedBack(network, text)} of={text} />
      )}
      {ready && !lookAgain && (
        <Button
          kind="primary"
          busy={busy}
          reason={
            sends
              ? undefined
              : 'All have signed. Who started it sends it: connect that account.'
          }
          onClick={() => void attempt(send)}
        >
          Sign and send
        </Button>
      )}
      {stop && <Button onClick={stop}>Stop waiting</Button>}
    </div>
  );
}

/** Nothing of it goes on. */
const isOver = ({ at }: Step): boolean => at !== 'signing' && at !== 'pending';

/** Whoever leaves stops waiting for the wallet, and hears of what was sent at the page's foot. */
function leave(step: Step): void {
  if (step.at === 'signing') step.stop?.();
  else if (step.at === 'pending') say('It was sent. The page looks what becomes of it.');
  else if (step.at === 'sent') say(`It stands on the chain, in ledger ${step.ledger}.`);
  else if (step.at === 'failed') say(step.problem.happened);
}
