import {
  escrowAddress,
  readToken,
  tokenAddress,
  TrancheError,
  type Network,
  type Problem,
} from 'tranche-client';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { useLoad } from '../load.ts';
import { useNow } from '../network/clock.ts';
import { shownToken } from '../network/tokens.ts';
import { useStore } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { say } from '../ui/status.tsx';
import { counted } from '../ui/words.ts';
import { connecting } from '../wallet/connect-sheet.tsx';
import { session, type Session } from '../wallet/session.ts';
import { Basics } from './basics.tsx';
import { check } from './draft.ts';
import { emptyForm, isEmpty, keepForm, recallForm, type Form } from './form.ts';
import { MilestonesPart } from './milestones.tsx';
import { ReviewPart } from './review.tsx';
import { RolesPart } from './roles.tsx';
import { IDLE, type Creation } from './run.ts';

/** What every part of the form is given. */
export interface PartProps {
  form: Form;
  onForm: (form: Form) => void;
  /** What is wrong with a field, once it is time to say so. */
  errorOf: (path: string) => string | undefined;
}

const STEPS = ['Basics', 'Roles', 'Milestones', 'Review'] as const;

/** Which step a problem belongs to. */
function stepOf(path: string): number {
  if (path.startsWith('milestones')) return 2;
  return path.startsWith('roles') || path.startsWith('policy') ? 1 : 0;
}

const LEFT: Problem = {
  kind: 'rejected',
  happened: 'You left before all was signed: the rest was not sent.',
  next: 'Create goes on with what stands.',
};

/** A new escrow, from its basics to its creation. */
export function CreateScreen({ network }: { network: Network }) {
  const who = useStore(session);
  return (
    <div class="page narrow stack wide">
      <header class="stack tight">
        <h1>Create an escrow</h1>
        <p class="soft">
          Nothing is sent before the last step. What you write stays in this browser until then.
        </p>
      </header>
      {who ? (
        <Wizard network={network} who={who} />
      ) : (
        <section class="card empty stack">
          <h2>Connect a wallet first</h2>
          <p class="soft">Who creates an escrow signs for it, and is its admin.</p>
          <Button kind="primary" icon="wallet" onClick={() => connecting.set(true)}>
            Connect
          </Button>
        </section>
      )}
    </div>
  );
}

function Wizard({ network, who }: { network: Network; who: Session }) {
  const [form, setForm] = useState(recallForm);
  const [step, setStep] = useState(0);
  /** Steps that were left once: their mistakes are told. */
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const [creation, setCreation] = useState<Creation>(IDLE);
  const [erasing, setErasing] = useState(false);
  const leaving = useMemo(() => new AbortController(), []);
  useEffect(() => () => leaving.abort(new TrancheError(LEFT)), []);
  /** Whoever has left hears at the page's foot what became of it. */
  const follow = (next: Creation) => {
    if (!leaving.signal.aborted) setCreation(next);
    else if (next.state === 'done') say('The escrow stands.');
    else if (next.state === 'failed') say(next.problem.happened);
  };
  const now = useNow() ?? 0n;
  useEffect(() => keepForm(form), [form]);
  const { passphrase } = network;
  const token = useLoad(() => tokenOf(network, form.token), [network, form.token]);
  const engagement = form.engagement_id.trim();
  const escrow = engagement ? escrowAddress(passphrase, who.address, engagement) : '';
  const decimals = token.value?.decimals;
  const { draft, problems } = check(form, {
    passphrase,
    decimals,
    admin: who.address,
    now,
    escrow,
  });
  const errorOf = (path: string) =>
    left.has(stepOf(path)) ? problems.find((one) => one.path === path)?.what : undefined;
  const move = (to: number) => {
    setLeft(new Set([...left, step, ...[...STEPS.keys()].slice(0, to)]));
    setStep(to);
    setCreation(IDLE);
    setErasing(false);
    scrollTo(0, 0);
  };
  const startOver = () => {
    setForm(emptyForm('arbitrated'));
    setLeft(new Set());
    setCreation(IDLE);
    setErasing(false);
    setStep(0);
  };
  const held = creation.state === 'busy' ? 'Not while it goes on.' : undefined;
  const own = problems.filter(({ path }) => stepOf(path) === step);
  const part = { form, onForm: setForm, errorOf };
  return (
    <>
      <StepList
        step={step}
        held={held !== undefined}
        wrong={(at) => left.has(at) && problems.some(({ path }) => stepOf(path) === at)}
        onStep={move}
      />
      {step === 0 && <Basics {...part} network={network} token={token} />}
      {step === 1 && <RolesPart {...part} admin={who.address} />}
      {step === 2 && <MilestonesPart {...part} token={token.value} draft={draft} />}
      {step === 3 && (
        <ReviewPart
          setting={{ network, session: who, left: leaving.signal }}
          draft={draft}
          problems={problems}
          token={token}
          escrow={escrow}
          creation={creation}
          onCreation={follow}
        />
      )}
      {left.has(step) && own.length > 0 && step < 3 && (
        <Notice tone="bad" title={`${counted(own.length, 'thing')} to put right on this step`}>
          <p>Look at the fields that are marked.</p>
        </Notice>
      )}
      <div class="row apart">
        <div class="row">
          {step > 0 && (
            <Button icon="back" reason={held} onClick={() => move(step - 1)}>
              Back
            </Button>
          )}
          {erasing && <span role="alert">Erase what you wrote?</span>}
          {erasing ? (
            <Button onClick={() => setErasing(false)}>Keep it</Button>
          ) : (
            <Button
              kind="quiet"
              reason={held}
              onClick={() => (isEmpty(form) ? startOver() : setErasing(true))}
            >
              Start over
            </Button>
          )}
          {erasing && (
            <Button reason={held} onClick={startOver}>
              Erase
            </Button>
          )}
        </div>
        {step < 3 && (
          <Button kind="primary" onClick={() => move(own.length > 0 ? step : step + 1)}>
            Continue
          </Button>
        )}
      </div>
    </>
  );
}

async function tokenOf(network: Network, text: string) {
  let address;
  try {
    address = tokenAddress(network.passphrase, text.trim());
  } catch {
    return undefined;
  }
  return shownToken(network, await readToken(network, address));
}

interface StepListProps {
  step: number;
  held: boolean;
  wrong: (at: number) => boolean;
  onStep: (at: number) => void;
}

function StepList({ step, held, wrong, onStep }: StepListProps) {
  return (
    <ol class="wizard" aria-label="Steps">
      {STEPS.map((name, at) => (
        <li key={name}>
          <button
            type="button"
            aria-current={at === step ? 'step' : undefined}
            disabled={held}
            onClick={() => onStep(at)}
          >
            <span class="index">{at + 1}</span>
            {name}
            {wrong(at) && <span class="tag test">look again</span>}
          </button>
        </li>
      ))}
    </ol>
  );
}
