// The escrow contract, as a web application would use it.

import { readFile } from 'node:fs/promises';
import { contract, Operation, scValToNative } from '@stellar/stellar-sdk';

const WASM = new URL('../../../target/wasm32v1-none/release/escrow.wasm', import.meta.url);

/** One whole token of seven decimals. */
export const ONE = 10_000_000n;

export async function wasm() {
  try {
    return await readFile(WASM);
  } catch (cause) {
    throw new Error('the contract is not built: make build', { cause });
  }
}

/** Uploads the contract's code; the answer is its hash. */
export async function upload(net, key) {
  const upload = Operation.uploadContractWasm({ wasm: await wasm() });
  const landed = await net.land(await net.prepare(key, upload));
  return scValToNative(landed.returnValue);
}

/** Terms on which the named accounts each do what they are named for, without arbitration. */
export function terms(net) {
  const address = (name) => net.keys[name].publicKey();
  return {
    engagement_id: 'website-2031',
    title: 'A website',
    description: 'Design, then code.',
    document: null,
    roles: {
      payer: address('payer'),
      admin: address('admin'),
      platform: address('platform'),
      approvers: [address('approver')],
      service_providers: [address('provider')],
      release_signers: [address('signer')],
      dispute_resolvers: [],
      observers: [],
    },
    token: net.token,
    platform_fee_bps: 250,
    policy: {
      release_quorum: 1,
      resolve_quorum: 0,
      review_window: 604_800n,
      dispute_window: 0n,
      fallback: { tag: 'Refund' },
    },
  };
}

export const milestone = (title, amount) => ({
  title,
  description: '',
  document: null,
  amount,
  receiver: null,
  approvals_required: 1,
  due: 0n,
});

/** Two milestones, of 1,000 and of 500. */
export const MILESTONES = [milestone('Design', 1_000n * ONE), milestone('Code', 500n * ONE)];
export const TOTAL = 1_500n * ONE;
/** What funding both takes, with the platform's fee. */
export const GROSS = TOTAL + (375n * ONE) / 10n;

/** The transaction that deploys an escrow of two milestones, simulated. */
export function assembleDeploy(net, wasmHash, args = {}, options = {}) {
  return contract.Client.deploy(
    { terms: terms(net), milestones: MILESTONES, total: TOTAL, ...args },
    { ...net.signingAs(net.keys.admin), wasmHash, ...options },
  );
}

/** Uploads the code and deploys an escrow; the answer is the admin's client. */
export async function deploy(net) {
  const assembled = await assembleDeploy(net, await upload(net, net.keys.admin));
  return (await assembled.signAndSend()).result;
}

/** The same contract, for whoever signs with this key. */
export function as(net, client, key, options = {}) {
  const { contractId } = client.options;
  return new contract.Client(client.spec, { ...net.signingAs(key), contractId, ...options });
}

/** What a signer agrees to: that a milestone, as it is now, is paid. */
export async function payout(client, index) {
  const { result } = await client.get_milestone({ i: index });
  const { milestone, revision, receiver, amount } = result;
  return { milestone, revision, receiver, amount };
}
