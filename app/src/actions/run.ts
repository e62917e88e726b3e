import {
  handOver,
  perform,
  prepare,
  problemOf,
  readBalance,
  TrancheError,
  untilStopped,
  watch,
  type EscrowState,
  type Network,
  type Outcome,
  type Patience,
  type Prepared,
  type Problem,
  type Progress,
  type Wallet,
} from 'tranche-client';
import { xlm } from '../ui/words.ts';
import type { Session } from '../wallet/session.ts';
import type { Plan } from './plan.ts';
import { standingsOf, type MilestoneStanding } from './standings.ts';

/** What somebody held before an action, and after it. */
export interface Change {
  address: string;
  before: bigint;
  after: bigint;
}

/** How far an action is. */
export type Run =
  | {
      stage: 'preparing' | 'signing' | 'sending' | 'pending' | 'reading';
      hash?: string;
      stop?: () => void;
      /** It only brings back what is archived. */
      restores?: boolean;
    }
  | { stage: 'handed over'; text: string; coSigners: string[] }
  | {
      stage: 'done';
      confirmed: Extract<Outcome, { state: 'confirmed' }>;
      changes: Change[];
      /** How the milestones stand that it was about; undefined where that could not be read. */
      standings: MilestoneStanding[] | undefined;
      plan: Plan;
    }
  | {
      stage: 'done';
      problem: Problem;
      hash?: string;
      state: 'not sent' | 'failed' | 'expired' | 'lost';
      /** Looks once more for what was sent and lost. */
      lookAgain?: () => void;
    };

interface Task {
  network: Network;
  state: EscrowState;
  session: Session;
  plan: Plan;
  /** The fee that was shown for it, if one was. */
  fee: bigint | undefined;
}

type Tell = (run: Run) => void;

/** Carries a plan out, and tells of every stage. What it tells at last stands on the chain, or says why not. */
export async function startRun(task: Task, tell: Tell): Promise<void> {
  await telling(tell, async () => {
    tell({ stage: 'preparing' });
    const before = await balancesOf(task);
    await carryOut(task, before, tell);
  });
}

async function telling(tell: Tell, doing: () => Promise<void>): Promise<void> {
  try {
    await doing();
  } catch (caught) {
    tell({ stage: 'done', problem: problemOf(caught), state: 'not sent' });
  }
}

async function carryOut(task: Task, before: Balances, tell: Tell): Promise<void> {
  const { network, session, state, plan } = task;
  const prepared = await prepare(network, session.address, state.id, plan.call);
  if (prepared.coSigners.length > 0) {
    tell({ stage: 'handed over', text: handOver(prepared), coSigners: prepared.coSigners });
    return;
  }
  if (!prepared.restores) checkFee(prepared.fee, task.fee);
  const { stop, patience } = search();
  const tellAll = (run: Run) => tell(run.stage === 'pending' ? { ...run, stop } : run);
  const outcome = await signAndSend(network, session.wallet, prepared, tellAll, patience);
  await conclude(task, before, prepared, outcome, tell);
}

/** What others do meanwhile may change a fee a little: it is refused beyond this part of what was shown. */
const MOST_PERCENT = 150n;

/** Refuses to have a fee signed that was not shown. */
function checkFee(fee: bigint, shown: bigint | undefined): void {
  if (shown === undefined || fee * 100n <= shown * MOST_PERCENT) return;
  throw new TrancheError({
    kind: 'refused',
    happened: `The network now takes up to ${xlm(fee)} for this, and ${xlm(shown)} were shown. Nothing was signed.`,
    next: 'Look at the fee again before you sign, or choose another server.',
  });
}

/** Tells what became of a transaction; one that only brought back what was archived is followed by the call. */
async function conclude(
  task: Task,
  before: Balances,
  prepared: Prepared,
  outcome: Outcome,
  tell: Tell,
): Promise<void> {
  const { network, state, plan } = task;
  const { hash, lastLedger, restores } = prepared;
  if (outcome.state === 'confirmed') {
    if (restores) return carryOut(task, before, tell);
    tell({ stage: 'reading', hash });
    const [changes, standings] = await Promise.all([
      balancesOf(task).then((after) => changesOf(before, after)),
      standingsOf(network, state.id, plan.call).catch(() => undefined),
    ]);
    return tell({ stage: 'done', confirmed: outcome, changes, standings, plan });
  }
  const { problem } = outcome;
  if (outcome.state !== 'lost') return tell({ stage: 'done', problem, hash, state: outcome.state });
  const lookAgain = () =>
    void telling(tell, async () => {
      const { stop, patience } = search();
      tell({ stage: 'pending', hash, stop });
      const found = await watch(network, hash, lastLedger, patience);
      await conclude(task, before, prepared, found, tell);
    });
  return tell({ stage: 'done', problem, hash, state: 'lost', lookAgain });
}

/** Patience for as long as a transaction can be carried out, and what ends it before. */
export function search(): { stop: () => void; patience: Patience } {
  const stopping = new AbortController();
  return { stop: () => stopping.abort(), patience: untilStopped(stopping.signal) };
}

/** Has a prepared call signed and sends it, and tells of every stage. */
export async function signAndSend(
  network: Network,
  signer: Wallet,
  prepared: Prepared,
  tell: Tell,
  patience?: Patience,
): Promise<Outcome> {
  const { wallet, stop } = stoppable(signer);
  const told = (progress: Progress) => {
    if (progress.state === 'signing') tell({ stage: 'signing', stop, restores: prepared.restores });
    else tell({ stage: progress.state, hash: progress.hash });
  };
  return perform(network, prepared, wallet, told, patience);
}

/**
 * A wallet that one need not wait for: once stopped it is asked nothing more, and nothing that it still
 * signs is sent.
 */
export function stoppable(wallet: Wallet): { wallet: Wallet; stop: () => void } {
  const stopping = new AbortController();
  const stopped = new Promise<never>((_, reject) => {
    stopping.signal.addEventListener('abort', () => reject(new TrancheError(STOPPED)));
  });
  stopped.catch(() => undefined);
  const unlessStopped = <T>(ask: () => Promise<T>): Promise<T> =>
    stopping.signal.aborted ? stopped : Promise.race([stopped, ask()]);
  const signs: Wallet = {
    address: () => unlessStopped(() => wallet.address()),
    network: () => unlessStopped(() => wallet.network()),
    signTransaction: (xdr, options) => unlessStopped(() => wallet.signTransaction(xdr, options)),
    signAuthEntry: (preimage, options) =>
      unlessStopped(() => wallet.signAuthEntry(preimage, options)),
  };
  return { wallet: signs, stop: () => stopping.abort() };
}

const STOPPED: Problem = {
  kind: 'rejected',
  happened: 'You stopped waiting for the wallet: nothing was sent.',
  next: 'Close its window if it is still open, then try again.',
};

/** What each holds of the escrow's token; without those of whom the token does not tell. */
type Balances = Map<string, bigint>;

async function balancesOf({ network, state, plan }: Task): Promise<Balances> {
  const balances: Balances = new Map();
  const holders = [...new Set([state.id, ...plan.parties])];
  await Promise.all(
    holders.map(async (holder) => {
      const held = await readBalance(network, state.token, holder).catch(() => undefined);
      if (held !== undefined) balances.set(holder, held);
    }),
  );
  return balances;
}

function changesOf(before: Balances, after: Balances): Change[] {
  return [...before].flatMap(([address, then]) => {
    const now = after.get(address);
    return now === undefined ? [] : [{ address, before: then, after: now }];
  });
}
