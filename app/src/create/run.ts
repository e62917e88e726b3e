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
  type Network,
  type Prepared,
  type Problem,
} from 'tranche-client';
import { stoppable } from '../actions/run.ts';
import { remember } from '../escrows/known.ts';
import type { Session } from '../wallet/session.ts';
import { forgetForm } from './form.ts';

/** How far a creation is. */
export type Creation =
  | { state: 'busy'; what: string; stop?: () => void }
  | { state: 'failed'; problem: Problem }
  | { state: 'done'; id: string };

const SIGN = 'Waiting for your wallet…';

type Tell = (creation: Creation) => void;

interface Setting {
  network: Network;
  session: Session;
}

/** Signs and sends one transaction; whatever keeps it from the chain is thrown. */
async function land(
  { network, session }: Setting,
  prepared: Prepared,
  what: string,
  tell: Tell,
): Promise<void> {
  const { wallet, stop } = stoppable(session.wallet);
  const outcome = await perform(network, prepared, wallet, ({ state }) => {
    if (state === 'signing') tell({ state: 'busy', what, stop });
    else tell({ state: 'busy', what: 'Waiting for a ledger to take it…' });
  });
  if (outcome.state !== 'confirmed') throw new TrancheError(outcome.problem);
}

/** Creates an escrow, and adds by further calls what the first cannot carry. */
export async function create(
  task: Setting & { draft: Draft; escrow: string },
  tell: Tell,
): Promise<void> {
  const { network, session, draft, escrow } = task;
  try {
    tell({ state: 'busy', what: 'Asking the network…' });
    if (!(await stands(task))) {
      await land(task, await prepareDeploy(network, session.address, draft), SIGN, tell);
    }
    remember(network, escrow);
    for (;;) {
      const state = await readEscrow(network, escrow);
      const rest = restOf(draft, state);
      if (!rest) break;
      const { milestones } = state.escrow.totals;
      const what = `${milestones} of ${draft.milestones.length} milestones are there. Sign for the next…`;
      await land(task, await prepare(network, session.address, escrow, rest), what, tell);
    }
    forgetForm();
    tell({ state: 'done', id: escrow });
  } catch (caught) {
    tell({ state: 'failed', problem: problemOf(caught) });
  }
}

/** Whether a former attempt got as far as the escrow, and only milestones of this draft are missing. */
async function stands({
  network,
  draft,
  escrow,
}: {
  network: Network;
  draft: Draft;
  escrow: string;
}): Promise<boolean> {
  let state;
  try {
    state = await readEscrow(network, escrow);
  } catch (caught) {
    if (problemOf(caught).kind === 'not-found') return false;
    throw caught;
  }
  const { totals } = state.escrow;
  const same = state.milestones.every(({ title, amount, milestone }) => {
    const wanted = draft.milestones[milestone];
    return wanted?.title === title && wanted.amount === amount;
  });
  if (same && totals.funded === 0 && totals.milestones < draft.milestones.length) return true;
  throw new TrancheError({
    kind: 'input',
    happened: 'An escrow of yours with this engagement id stands already.',
    next: 'Choose another engagement id, or look at that escrow.',
  });
}

/** Uploads the contract's code, if the file is what it should be. */
export async function upload(setting: Setting, wasm: Uint8Array, tell: Tell): Promise<void> {
  try {
    if (wasmHashOf(wasm) !== BUILD.hash) {
      throw new TrancheError({
        kind: 'input',
        happened: 'This file is not the contract that this page knows: nothing was sent.',
        next: `Build version ${BUILD.version} with make build, and choose target/wasm32v1-none/release/escrow.wasm.`,
      });
    }
    tell({ state: 'busy', what: 'Asking the network…' });
    const prepared = await prepareUpload(setting.network, setting.session.address, wasm);
    await land(setting, prepared, SIGN, tell);
    tell({ state: 'done', id: BUILD.hash });
  } catch (caught) {
    tell({ state: 'failed', problem: problemOf(caught) });
  }
}
