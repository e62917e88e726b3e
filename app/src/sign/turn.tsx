import {
  coSign,
  prepareHandedBack,
  problemOf,
  watch,
  type HandedOver,
  type Network,
  type Outcome,
  type Prepared,
  type Problem,
} from 'tranche-client';
import { useEffect, useState } from 'preact/hooks';
import { LinkToGive } from '../actions/run-view.tsx';
import { search, signAndSend, stoppable, type Run } from '../actions/run.ts';
import { links } from '../route.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { ProblemNotice } from '../ui/problem.tsx';
import type { Session } from '../wallet/session.ts';

type Step =
  | { at: 'start' }
  | { at: 'busy'; what: string; stop?: (() => void) | undefined }
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
  const [step, setStep] = useState<Step>({ at: 'start' });
  const stop = step.at === 'busy' ? step.stop : undefined;
  // Who leaves waits for the wallet no longer.
  useEffect(() => stop, [stop]);
  const mine = handed.coSigners.includes(who.address);
  const attempt = async (doing: () => Promise<Step>) => {
    try {
      setStep(await doing());
    } catch (caught) {
      setStep({ at: 'failed', problem: problemOf(caught) });
    }
  };
  const sign = async (): Promise<Step> => {
    const { wallet, stop } = stoppable(who.wallet);
    setStep({ at: 'busy', what: 'Waiting for your wallet…', stop });
    const signed = await coSign(network, text, wallet);
    return { at: 'signed', link: new URL(links.sign(signed), location.href).href };
  };
  const landing = (stop: () => void) =>
    setStep({ at: 'busy', what: 'Waiting for a ledger to take it…', stop });
  const send = async (): Promise<Step> => {
    setStep({ at: 'busy', what: 'Asking the network…' });
    const prepared = await prepareHandedBack(network, text);
    const signing = prepared.restores
      ? 'What is archived is brought back first. Waiting for your wallet…'
      : 'Waiting for your wallet…';
    const { stop, patience } = search();
    const tell = (run: Run) => {
      if (run.stage === 'signing') setStep({ at: 'busy', what: signing, stop: run.stop });
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
  const busy = step.at === 'busy' ? step.what : undefined;
  const others = handed.coSigners.length > 0 && !mine;
  const ready = handed.coSigners.length === 0;
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
      {others && (
        <Notice
          tone="wait"
          title="Nothing here is for you to sign yet. Connect the account that is named above."
        />
      )}
      {ready && !lookAgain && (
        <Button
          kind="primary"
          busy={busy}
          reason={
            who.address === handed.source
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
