import {
  plainAmount,
  prepare,
  problemOf,
  type EscrowState,
  type Method,
  type Network,
  type Problem,
} from 'tranche-client';
import { useEffect, useState } from 'preact/hooks';
import { LABELS } from '../escrow/words.ts';
import { useStore } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { ProblemNotice } from '../ui/problem.tsx';
import { session, walletTrouble } from '../wallet/session.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Plan, Planned } from './plan.ts';

interface Props {
  network: Network;
  state: EscrowState;
  me: string;
  method: Method;
  planned: Planned;
  onSign: (plan: Plan) => Promise<void>;
}

/** A stroop is a ten-millionth of an XLM. */
export const XLM_DECIMALS = 7;

/** So long typing has to pause before the network is asked what it would say. */
const PAUSE_MILLISECONDS = 250;

type Trial = { of: string; fee: bigint; coSigners: string[] } | { of: string; problem: Problem };

/** What the network would say and take; and the button that asks the wallet. */
export function Review({ network, state, me, method, planned, onSign }: Props) {
  const trouble = useStore(walletTrouble);
  const kind = useStore(session)?.kind;
  const [trial, setTrial] = useState<Trial>();
  const plan = typeof planned === 'string' ? undefined : planned;
  const wanted = plan && fingerprintOf(plan.call, me, state.ledger.sequence);
  useEffect(() => {
    if (!plan || !wanted) return;
    const timer = setTimeout(async () => {
      try {
        const { fee, coSigners } = await prepare(network, me, state.id, plan.call);
        setTrial({ of: wanted, fee, coSigners });
      } catch (caught) {
        setTrial({ of: wanted, problem: problemOf(caught) });
      }
    }, PAUSE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [wanted]);
  const told = plan && trial;
  const refused = told && 'problem' in told && told.of === wanted ? told.problem : undefined;
  const reason =
    typeof planned === 'string'
      ? planned
      : (trouble ?? (refused && 'The network would refuse it, as said above.'));
  return (
    <div class="stack review">
      {refused && <ProblemNotice problem={refused} />}
      <p class="soft small" aria-live="polite">
        {told && 'fee' in told
          ? `The network takes at most ${plainAmount(told.fee, XLM_DECIMALS)} XLM for this; what it does not use comes back.`
          : plan && !refused
            ? 'Asking the network what it would say…'
            : ''}
      </p>
      <div class="row">
        <Button
          kind="primary"
          type="submit"
          reason={reason}
          onClick={() => plan && void onSign(plan)}
        >
          {kind === 'freighter'
            ? `${LABELS[method]}: sign in Freighter`
            : `${LABELS[method]}: sign with the test key`}
        </Button>
      </div>
    </div>
  );
}
