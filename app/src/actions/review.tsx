import {
  prepare,
  problemOf,
  type EscrowState,
  type Method,
  type Network,
  type Problem,
  type ProblemKind,
} from 'tranche-client';
import { useEffect, useState } from 'preact/hooks';
import { LABELS } from '../escrow/words.ts';
import { useStore } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { ProblemNotice } from '../ui/problem.tsx';
import { shortAddress, xlm } from '../ui/words.ts';
import { session, walletTrouble, type Session } from '../wallet/session.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Plan, Planned } from './plan.ts';

interface Props {
  network: Network;
  state: EscrowState;
  me: string;
  method: Method;
  planned: Planned;
  onSign: Sign;
}

/** Has a plan signed; with the fee that was shown for it, if one was by then. */
export type Sign = (plan: Plan, fee: bigint | undefined) => Promise<void>;

/** What the network takes for what is about to be signed. */
export const feeInWords = (fee: bigint, what = 'this'): string =>
  `The network takes at most ${xlm(fee)} for ${what}; what it does not use comes back.`;

/** So long typing has to pause before the network is asked what it would say. */
const PAUSE_MILLISECONDS = 250;

/** What the network said of a plan; `of` tells which plan that was. */
type Trial =
  | { of: string; fee: bigint; coSigners: string[]; restores: boolean }
  | { of: string; problem: Problem };

/** What the network would say and take; and the button that asks the wallet. */
export function Review({ network, state, me, method, planned, onSign }: Props) {
  const trouble = useStore(walletTrouble);
  const kind = useStore(session)?.kind;
  const [latest, setLatest] = useState<Trial>();
  const [asked, setAsked] = useState(0);
  const plan = typeof planned === 'string' ? undefined : planned;
  const wanted = plan && fingerprintOf(plan.call, me);
  useEffect(() => {
    if (!plan || !wanted) return undefined;
    let current = true;
    const ask = async (): Promise<Trial> => {
      try {
        const { fee, coSigners, restores } = await prepare(network, me, state.id, plan.call);
        return { of: wanted, fee, coSigners, restores };
      } catch (caught) {
        return { of: wanted, problem: problemOf(caught) };
      }
    };
    const timer = setTimeout(async () => {
      const told = await ask();
      if (current) setLatest(told);
    }, PAUSE_MILLISECONDS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [wanted, state.ledger.sequence, asked]);
  const askAgain = () => {
    setLatest(undefined);
    setAsked(asked + 1);
  };
  const trial = latest?.of === wanted ? latest : undefined;
  const problem = trial && 'problem' in trial ? trial.problem : undefined;
  const told = trial && 'fee' in trial ? trial : undefined;
  const unasked = problem !== undefined && UNANSWERED.includes(problem.kind);
  const reason =
    typeof planned === 'string'
      ? planned
      : (trouble ??
        (problem &&
          (unasked
            ? 'The network could not be asked, as said above.'
            : 'It cannot be signed, as said above.')));
  return (
    <div class="stack review">
      {problem && <ProblemNotice problem={problem} />}
      {unasked && (
        <div class="row">
          <Button small onClick={askAgain}>
            Ask again
          </Button>
        </div>
      )}
      <p class="soft small" aria-live="polite">
        {told
          ? feeInWords(told.fee, told.restores ? 'bringing back first what is archived' : undefined)
          : plan && !problem
            ? 'Asking the network what it would say…'
            : ''}
      </p>
      <div class="row">
        <Button
          kind="primary"
          type="submit"
          reason={reason}
          onClick={() => plan && void onSign(plan, told?.restores ? undefined : told?.fee)}
        >
          {`${plan?.label ?? LABELS[method]}: ${wayOf(trial, kind)}`}
        </Button>
      </div>
    </div>
  );
}

/** Problems of asking, which say nothing about what was asked. */
const UNANSWERED: readonly ProblemKind[] = ['unreachable', 'slow', 'nonsense'];

/** What pressing the button does. */
function wayOf(trial: Trial | undefined, kind: Session['kind'] | undefined): string {
  const others = trial && 'fee' in trial ? trial.coSigners : [];
  if (others.length > 0) return `make a link for ${others.map(shortAddress).join(' and ')}`;
  return kind === 'freighter' ? 'sign in Freighter' : 'sign with the test key';
}
