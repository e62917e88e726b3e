import {
  BUILD,
  perform,
  prepare,
  prepareDeploy,
  prepareUpload,
  problemOf,
  readEscrow,
  restOf,
  TrancheError,
  wasmHashOf,
  type Draft,
  type EscrowState,
  type Network,
  type Prepared,
  type Problem,
} from 'tranche-client';
import { stoppable } from '../actions/run.ts';
import { remember } from '../escrows/known.ts';
import type { Session } from '../wallet/session.ts';
import { differences } from './compare.ts';
import { placeOf } from './draft.ts';
import { forgetForm } from './form.ts';

/** How far a creation is. */
export type Creation =
  | { state: 'idle' }
  | { state: 'busy'; what: string; stop?: () => void }
  /** `stands` is the escrow that is in the way. */
  | { state: 'failed'; problem: Problem; stands?: string }
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

/** Signs and sends one transaction; whatever keeps it from the chain is thrown. */
async function land(
  { network, session, left }: Setting,
  make: () => Promise<Prepared>,
  what: string,
  tell: Tell,
): Promise<void> {
  for (;;) {
    const prepared = await make();
    const { wallet, stop } = stoppable(session.wallet);
    left.throwIfAborted();
    left.addEventListener('abort', stop);
    const outcome = await perform(network, prepared, wallet, ({ state }) => {
      if (state !== 'signing') tell({ state: 'busy', what: 'Waiting for a ledger to take it…' });
      else tell({ state: 'busy', what: prepared.restores ? RESTORE : what, stop });
    });
    if (outcome.state !== 'confirmed') throw new TrancheError(outcome.problem);
    if (!prepared.restores) return;
  }
}

/** Creates an escrow, and adds by further calls what the first cannot carry. */
export async function create(
  task: Setting & { draft: Draft; escrow: string },
  tell: Tell,
): Promise<void> {
  const { network, session, draft, escrow } = task;
  try {
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
  } catch (caught) {
    tell({ state: 'failed', problem: problemOf(caught) });
  }
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
  try {
    if (wasmHashOf(wasm) !== BUILD.hash) {
      throw new TrancheError({
        kind: 'input',
        happened: 'This file is not the contract that this page knows: nothing was sent.',
        next: `Build version ${BUILD.version} with make build, and choose target/wasm32v1-none/release/escrow.wasm.`,
      });
    }
    tell({ state: 'busy', what: 'Asking the network…' });
    await land(setting, () => prepareUpload(network, session.address, wasm), SIGN, tell);
    tell(IDLE);
  } catch (caught) {
    tell({ state: 'failed', problem: problemOf(caught) });
  }
}
