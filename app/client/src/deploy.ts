import { hash, Operation, xdr } from '@stellar/stellar-sdk/base';
import { deployment, escrowAddress } from './address.js';
import { firstBatch, nextBatch } from './batches.js';
import { toHex } from './bytes.js';
import { calls, written, type Call } from './calls.js';
import type { Draft } from './draft.js';
import { readEntries } from './entries.js';
import { BUILD } from './generated/build.js';
import { spec } from './generated/spec.js';
import type { EscrowState } from './model.js';
import { prepareOperation, type Prepared } from './prepare.js';
import type { Network } from './rpc.js';

/** Whether the contract's code is on this network: it is uploaded once for all escrows. */
export async function isUploaded(network: Network, wasmHash: string = BUILD.hash): Promise<boolean> {
  const key = codeKey(wasmHash);
  return (await readEntries(network, [key])).get(key) !== undefined;
}

/** Uploads the contract's code; at Mainnet's rates for about 70 XLM. */
export const prepareUpload = (
  network: Network,
  source: string,
  wasm: Uint8Array,
): Promise<Prepared> => prepareOperation(network, source, Operation.uploadContractWasm({ wasm }));

/**
 * Creates the escrow with as many milestones as one call carries; `restOf` adds the others. Where
 * the admin is not who deploys, the admin has to sign as well.
 */
export async function prepareDeploy(
  network: Network,
  deployer: string,
  draft: Draft,
  wasmHash: string = BUILD.hash,
): Promise<Prepared & { id: string }> {
  const { terms } = draft;
  const milestones = draft.milestones.slice(0, firstBatch(draft));
  const total = milestones.reduce((all, { amount }) => all + amount, 0n);
  const func = xdr.HostFunction.hostFunctionTypeCreateContractV2(
    new xdr.CreateContractArgsV2({
      contractIdPreimage: deployment(deployer, terms.engagement_id),
      executable: xdr.ContractExecutable.contractExecutableWasm(wasmHash),
      constructorArgs: written(() =>
        spec.funcArgsToScVals('__constructor', { terms, milestones, total }),
      ),
    }),
  );
  const operation = Operation.invokeHostFunction({ func, auth: [] });
  // An admin who is somebody else signs for the constructor, which is not the root of the call.
  const prepared = await prepareOperation(network, deployer, operation, {
    authMode: 'record_allow_nonroot',
  });
  return { ...prepared, id: escrowAddress(network.passphrase, deployer, terms.engagement_id) };
}

/** The next call that adds milestones of a draft which the escrow lacks; null where it has them all. */
export function restOf(draft: Draft, state: EscrowState): Call<'manage_milestones'> | null {
  const missing = draft.milestones.slice(state.escrow.totals.milestones);
  if (missing.length === 0) return null;
  const add = missing.slice(0, Math.max(1, nextBatch(missing)));
  return calls.manageMilestones(state, { add });
}

/** The hash by which the network knows code. */
export const wasmHashOf = (wasm: Uint8Array): string => toHex(hash(wasm));

const codeKey = (wasmHash: string): xdr.LedgerKey =>
  xdr.LedgerKey.contractCode(new xdr.LedgerKeyContractCode({ hash: wasmHash }));
