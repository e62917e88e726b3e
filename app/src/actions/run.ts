import {
  handOver,
  perform,
  prepare,
  problemOf,
  readBalance,
  TrancheError,
  type EscrowState,
  type Network,
  type Outcome,
  type Prepared,
  type Problem,
  type Wallet,
} from 'tranche-client';
import type { Session } from '../wallet/session.ts';
import type { Plan } from './plan.ts';

/** What somebody held before an action, and after it. */
export interface Change {
  address: string;
  before: bigint;
  after: bigint;
}

/** How far an action is. */
export type Run =
  | { stage: 'preparing' | 'signing' | 'sending' | 'pending'; hash?: string; stop?: () => void }
  | { stage: 'handed over'; text: string; coSigners: string[] }
  | {
      stage: 'done';
      confirmed: Extract<Outcome, { state: 'confirmed' }>;
      changes: Change[];
      plan: Plan;
    }
  | {
      stage: 'done';
      problem: Problem;
      hash?: string;
      state: 'not sent' | 'failed' | 'expired' | 'lost';
    };

interface Task {
  network: Network;
  state: EscrowState;
  session: Session;
  plan: Plan;
}

/** Carries a plan out, and tells of every stage. What it tells at last stands on the chain, or says why not. */
export async function startRun(task: Task, tell: (run: Run) => void): Promise<void> {
  try {
    await carryOut(task, tell);
  } catch (caught) {
    tell({ stage: 'done', problem: problemOf(caught), state: 'not sent' });
  }
}

async function carryOut(task: Task, tell: (run: Run) => void): Promise<void> {
  const { network, session, state, plan } = task;
  tell({ stage: 'preparing' });
  const holders = [...new Set([state.id, ...plan.parties])];
  const before = await balancesOf(task, holders);
  for (;;) {
    const prepared = await prepare(network, session.address, state.id, plan.call);
    if (prepared.coSigners.length > 0) {
      tell({ stage: 'handed over', text: handOver(prepared), coSigners: prepared.coSigners });
      return;
    }
    const outcome = await signAndSend(network, session.wallet, prepared, tell);
    if (outcome.state !== 'confirmed') {
      tell({ stage: 'done', problem: outcome.problem, hash: outcome.hash, state: outcome.state });
      return;
    }
    if (prepared.restores) continue;
    const after = await balancesOf(task, holders);
    tell({ stage: 'done', confirmed: outcome, changes: changesOf(holders, before, after), plan });
    return;
  }
}

/** Has a prepared call signed and sends it, and tells of every stage. */
export async function signAndSend(
  network: Network,
  signer: Wallet,
  prepared: Prepared,
  tell: (run: Run) => void,
): Promise<Outcome> {
  const { wallet, stop } = stoppable(signer);
  return perform(network, prepared, wallet, (progress) => {
    if (progress.state === 'signing') tell({ stage: 'signing', stop });
    else tell({ stage: progress.state, hash: progress.hash });
  });
}

/** A wallet that one need not wait for: once stopped, whatever it still signs is not sent. */
export function stoppable(wallet: Wallet): { wallet: Wallet; stop: () => void } {
  let stop = () => {};
  const stopped = new Promise<never>((_, reject) => {
    stop = () =>
      reject(
        new TrancheError({
          kind: 'rejected',
          happened: 'You stopped waiting for the wallet: nothing was sent.',
          next: 'Close its window if it is still open, then try again.',
        }),
      );
  });
  stopped.catch(() => undefined);
  const signs: Wallet = {
    ...wallet,
    signTransaction: (xdr, options) =>
      Promise.race([wallet.signTransaction(xdr, options), stopped]),
    signAuthEntry: (preimage, options) =>
      Promise.race([wallet.signAuthEntry(preimage, options), stopped]),
  };
  return { wallet: signs, stop };
}

type Balances = (bigint | undefined)[];

/** What these hold of the escrow's token; nothing where a token does not tell. */
async function balancesOf({ network, state }: Task, holders: string[]): Promise<Balances> {
  return Promise.all(
    holders.map((holder) => readBalance(network, state.token, holder).catch(() => undefined)),
  );
}

function changesOf(holders: string[], before: Balances, after: Balances): Change[] {
  return holders.flatMap((address, at) => {
    const [then, now] = [before[at], after[at]];
    return then === undefined || now === undefined ? [] : [{ address, before: then, after: now }];
  });
}
