import {
  BUILD,
  isUploaded,
  prepare,
  prepareDeploy,
  prepareUpload,
  problemOf,
  readEscrow,
  restOf,
  TrancheError,
  wasmHashOf,
  watch,
  type Draft,
  type EscrowState,
  type Network,
  type Outcome,
  type Prepared,
  type Problem,
} from 'tranche-client';
import { search, signAndSend, type Run } from '../actions/run.ts';
import { remember } from '../escrows/known.ts';
import type { Session } from '../wallet/session.ts';
import { differences } from './compare.ts';
import { placeOf } from './draft.ts';
import { forgetForm } from './form.ts';

/** How far a creation is. */
export type Creation =
  | { state: 'idle' }
  | { state: 'busy'; what: string; stop?: (() => void) | undefined }
  /** `stands` is the escrow that is in the way; `lookAgain` looks once more for what was sent and lost. */
  | { state: 'failed'; problem: Problem; stands?: string; lookAgain?: () => Promise<void> }
  | { state: 'done'; id: string };

/** Nothing is being created. */
export const IDLE: Creation = { state: 'idle' };

const SIGN = 'Waiting for your wallet…';
const RESTORE = 'What is archived is brought back first. Waiting for your wallet…';

type Tell = (creation: Creation) => void;

/** Who creates where, until whoever looks at it leaves. */
export interface Setting {
  network: Network;
  session: Session;
  left: AbortSignal;
}

/** A transaction that was sent, and of which nobody knows what became. */
class Lost extends Error {
  constructor(
    readonly problem: Problem,
    readonly prepared: Prepared,
  ) {
    super(problem.happened);
  }
}

/** Throws whatever keeps a transaction from the chain. */
function confirm(prepared: Prepared, outcome: Outcome): void {
  if (outcome.state === 'lost') throw new Lost(outcome.problem, prepared);
  if (outcome.state !== 'confirmed') throw new TrancheError(outcome.problem);
}

const landing = (stop: () => void): Creation => ({
  state: 'busy',
  what: 'Waiting for a ledger to take it…',
  stop,
});

/** Signs and sends one transaction; whatever keeps it from the chain is thrown. */
async function land(
  { network, session, left }: Setting,
  make: () => Promise<Prepared>,
  what: string,
  tell: Tell,
): Promise<void> {
  for (;;) {
    const prepared = await make();
    left.throwIfAborted();
    const { stop, patience } = search();
    const told = (run: Run) => {
      if (run.stage !== 'signing') return tell(landing(stop));
      if (run.stop) left.addEventListener('abort', run.stop);
      tell({ state: 'busy', what: prepared.restores ? RESTORE : what, stop: run.stop });
    };
    confirm(prepared, await signAndSend(network, session.wallet, prepared, told, patience));
    if (!prepared.restores) return;
  }
}

/** Tells why it failed. What was lost can be looked for; once it is found, all goes on from what stands. */
async function attempt(
  network: Network,
  tell: Tell,
  doing: () => Promise<void>,
  lost?: Prepared,
): Promise<void> {
  try {
    if (lost) {
      const { stop, patience } = search();
      tell(landing(stop));
      confirm(lost, await watch(network, lost.hash, lost.lastLedger, patience));
    }
    await doing();
  } catch (caught) {
    if (!(caught instanceof Lost)) return tell({ state: 'failed', problem: problemOf(caught) });
    const { problem, prepared } = caught;
    const lookAgain = () => attempt(network, tell, doing, prepared);
    tell({ state: 'failed', problem, lookAgain });
  }
}

/** Creates an escrow, and adds by further calls what the first cannot carry. */
export async function create(
  task: Setting & { draft: Draft; escrow: string },
  tell: Tell,
): Promise<void> {
  const { network, session, draft, escrow } = task;
  await attempt(network, tell, async () => {
    tell({ state: 'busy', what: 'Asking the network…' });
    const former = await readFormer(network, escrow);
    const problem = former && inTheWay(draft, former);
    if (problem) return tell({ state: 'failed', problem, stands: escrow });
    if (!former) {
      await land(task, () => prepareDeploy(network, session.address, draft), SIGN, tell);
    }
    remember(network, escrow);
    for (;;) {
      const state = await readEscrow(network, escrow);
      const rest = restOf(draft, state);
      if (!rest) break;
      const { milestones } = state.escrow.totals;
      const what = `${milestones} of ${draft.milestones.length} milestones are there. Sign for the next…`;
      await land(task, () => prepare(network, session.address, escrow, rest), what, tell);
    }
    forgetForm();
    tell({ state: 'done', id: escrow });
  });
}

/** What stands where the escrow is to be, such as what a former attempt got to. */
async function readFormer(network: Network, escrow: string): Promise<EscrowState | undefined> {
  try {
    return await readEscrow(network, escrow);
  } catch (caught) {
    if (problemOf(caught).kind === 'not-found') return undefined;
    throw caught;
  }
}

const MOST_TOLD = 8;

/** Why this creation cannot go on with an escrow that stands; undefined if only milestones are missing. */
function inTheWay(draft: Draft, state: EscrowState): Problem | undefined {
  const other = differences(draft, state).map(placeOf);
  if (other.length === 0 && state.escrow.totals.funded === 0) return undefined;
  const told = other.slice(0, MOST_TOLD).join('; ');
  const more = other.length > MOST_TOLD ? `; and ${other.length - MOST_TOLD} more` : '';
  const how = other.length > 0 ? `, and differs in this: ${told}${more}` : ' and is funded';
  return {
    kind: 'input',
    happened: `An escrow of yours with this engagement id stands already${how}. Nothing was sent.`,
    next: 'Choose another engagement id, or look at that escrow and change it there.',
  };
}

/** Uploads the contract's code, if the file is what it should be. */
export async function upload(setting: Setting, wasm: Uint8Array, tell: Tell): Promise<void> {
  const { network, session } = setting;
  await attempt(network, tell, async () => {
    if (wasmHashOf(wasm) !== BUILD.hash) {
      throw new TrancheError({
        kind: 'input',
        happened: 'This file is not the contract that this page knows: nothing was sent.',
        next: `Build version ${BUILD.version} with make build, and choose target/wasm32v1-none/release/escrow.wasm.`,
      });
    }
    tell({ state: 'busy', what: 'Asking the network…' });
    if (!(await isUploaded(network))) {
      await land(setting, () => prepareUpload(network, session.address, wasm), SIGN, tell);
    }
    tell(IDLE);
  });
}
