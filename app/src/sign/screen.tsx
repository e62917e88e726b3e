import {
  coSign,
  prepareHandedBack,
  problemOf,
  readHandedOver,
  type HandedOver,
  type Network,
  type Problem,
} from 'tranche-client';
import { useState } from 'preact/hooks';
import { LinkToGive } from '../actions/run-view.tsx';
import { signAndSend, stoppable } from '../actions/run.ts';
import { EXPLANATIONS } from '../escrow/words.ts';
import { go, links } from '../route.ts';
import { useStore } from '../store.ts';
import { Address } from '../ui/address.tsx';
import { Button } from '../ui/button.tsx';
import { Facts } from '../ui/facts.tsx';
import { TextField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { ProblemNotice } from '../ui/problem.tsx';
import { plain } from '../ui/words.ts';
import { connecting } from '../wallet/connect-sheet.tsx';
import { session, type Session } from '../wallet/session.ts';

/** A call that takes the signatures of two: shown, signed by each, and sent. */
export function SignScreen({ network, given }: { network: Network; given: string }) {
  const [typed, setTyped] = useState('');
  const who = useStore(session);
  const [problem, handed] = given ? readText(network, given) : [];
  return (
    <div class="page narrow stack wide">
      <h1>Sign with somebody</h1>
      {problem && <ProblemNotice problem={problem} />}
      {handed ? (
        <>
          <Shown handed={handed} />
          {who ? (
            <Turn network={network} text={given} handed={handed} who={who} />
          ) : (
            <div class="row">
              <Button kind="primary" icon="wallet" onClick={() => connecting.set(true)}>
                Connect
              </Button>
            </div>
          )}
        </>
      ) : (
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (typed.trim()) go(links.sign(typed.trim()));
          }}
        >
          <TextField
            label="What you were given"
            mono
            lines={6}
            value={typed}
            onInput={setTyped}
            hint="A text, or open the link that you were given."
          />
          <Button
            type="submit"
            kind="primary"
            reason={typed.trim() ? undefined : 'Paste the text first.'}
          >
            Look at it
          </Button>
        </form>
      )}
    </div>
  );
}

function readText(network: Network, text: string): [Problem | undefined, HandedOver?] {
  try {
    return [undefined, readHandedOver(network, text)];
  } catch (caught) {
    return [problemOf(caught)];
  }
}

/** What it is that is signed, read from the text itself. */
function Shown({ handed }: { handed: HandedOver }) {
  const { contract, method, args, source, coSigners } = handed;
  const explained = Object.entries(EXPLANATIONS).find(([name]) => name === method)?.[1];
  return (
    <section class="card stack">
      {explained && <p class="soft">{explained}</p>}
      <Facts
        rows={[
          [
            'Contract',
            contract && <Address address={contract} what="the contract’s address" full />,
          ],
          ['Calls', <code>{plain(method)}</code>],
          ...Object.entries(args).map(([name, value]): [string, string] => [
            plain(name),
            shown(value),
          ]),
          ['Sent by', <Address address={source} full />],
          [
            'Still to be signed by',
            coSigners.length > 0 &&
              coSigners.map((one) => <Address key={one} address={one} full />),
          ],
        ]}
      />
      {contract && (
        <p>
          <a href={links.escrow(contract)}>Look at the escrow</a>
        </p>
      )}
    </section>
  );
}

function shown(value: unknown): string {
  if (typeof value === 'string') return plain(value);
  return plain(
    JSON.stringify(value, (_, part: unknown) =>
      typeof part === 'bigint' ? part.toString() : part,
    ),
  );
}

type Step =
  | { at: 'start' }
  | { at: 'busy'; what: string; stop?: (() => void) | undefined }
  | { at: 'failed'; problem: Problem }
  | { at: 'signed'; link: string }
  | { at: 'sent'; ledger: number };

function Turn({
  network,
  text,
  handed,
  who,
}: {
  network: Network;
  text: string;
  handed: HandedOver;
  who: Session;
}) {
  const [step, setStep] = useState<Step>({ at: 'start' });
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
  const send = async (): Promise<Step> => {
    setStep({ at: 'busy', what: 'Asking the network…' });
    const prepared = await prepareHandedBack(network, text);
    const outcome = await signAndSend(network, who.wallet, prepared, (run) => {
      if (run.stage === 'signing')
        setStep({ at: 'busy', what: 'Waiting for your wallet…', stop: run.stop });
      else setStep({ at: 'busy', what: 'Waiting for a ledger to take it…' });
    });
    if (outcome.state !== 'confirmed') return { at: 'failed', problem: outcome.problem };
    return { at: 'sent', ledger: outcome.ledger };
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
    return <Notice tone="good" title={`Done. It stands on the chain, in ledger ${step.ledger}.`} />;
  }
  const busy = step.at === 'busy' ? step.what : undefined;
  const others = handed.coSigners.length > 0 && !mine;
  const ready = handed.coSigners.length === 0;
  return (
    <div class="stack">
      {step.at === 'failed' && <ProblemNotice problem={step.problem} />}
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
      {ready && (
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
      {step.at === 'busy' && step.stop && <Button onClick={step.stop}>Stop waiting</Button>}
    </div>
  );
}
