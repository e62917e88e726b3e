// A network of its own for each file of tests, with the contract's code, and escrows to try things on.

import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Contract, nativeToScVal } from '@stellar/stellar-sdk';
import * as tranche from 'tranche-client';
import { prepareOperation } from '../dist/prepare.js';

const target = (path) => fileURLToPath(new URL(`../../../target/${path}`, import.meta.url));
const BINARY = process.env.LOCALNET ?? target('debug/localnet');
const WASM = process.env.ESCROW_WASM ?? target('wasm32v1-none/release/escrow.wasm');

/** One whole token of seven decimals. */
export const ONE = 10_000_000n;
export const DAY = 86_400n;

/** Starts a network; it ends with the process that asked for it. */
export async function start(...args) {
  const child = spawn(BINARY, ['--port', '0', '--json', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.once('exit', () => child.kill());
  const facts = JSON.parse(await firstLine(child));
  child.unref();
  child.stdout.unref();
  return new Localnet(facts, await tranche.connect(facts.rpcUrl));
}

function firstLine(child) {
  return new Promise((resolve, reject) => {
    const missing = 'localnet is not built: cargo build --package localnet';
    child.once('error', (cause) => reject(new Error(missing, { cause })));
    child.once('exit', (code) => reject(new Error(`localnet ended with ${code}`)));
    createInterface({ input: child.stdout }).once('line', resolve);
  });
}

export class Localnet {
  constructor(facts, network) {
    this.facts = facts;
    this.network = network;
    this.token = facts.token.contract;
    /** The address of each named account, and its wallet. */
    this.address = Object.fromEntries(facts.accounts.map((one) => [one.name, one.publicKey]));
    this.wallet = Object.fromEntries(
      facts.accounts.map((one) => [
        one.publicKey,
        tranche.keyWallet(one.secretKey, facts.networkPassphrase),
      ]),
    );
  }

  /** Prepares and performs; what is not confirmed is an error. */
  async land(prepared) {
    const outcome = await tranche.perform(this.network, prepared, this.wallet[prepared.source]);
    if (outcome.state !== 'confirmed') throw new tranche.TrancheError(outcome.problem);
    return outcome;
  }

  async upload() {
    const wasm = await readFile(WASM);
    this.wasmHash = tranche.wasmHashOf(wasm);
    await this.land(await tranche.prepareUpload(this.network, this.address.admin, wasm));
  }

  /** Deploys an escrow, with all of its milestones. */
  async deploy(draft) {
    const { admin } = draft.terms.roles;
    const prepared = await tranche.prepareDeploy(this.network, admin, draft, this.wasmHash);
    await this.land(prepared);
    for (;;) {
      const state = await tranche.readEscrow(this.network, prepared.id, { start: 0, limit: 0 });
      const rest = tranche.restOf(draft, state);
      if (!rest) return prepared.id;
      await this.call(admin, prepared.id, rest);
    }
  }

  /** Makes a call in the name of this address. */
  async call(source, id, call) {
    return this.land(await tranche.prepare(this.network, source, id, call));
  }

  /** Sends tokens straight to an address. */
  async send(from, to, amount, token = this.token) {
    const [source, target] = [from, to].map((one) => nativeToScVal(one, { type: 'address' }));
    const args = [source, target, nativeToScVal(amount, { type: 'i128' })];
    const operation = new Contract(token).call('transfer', ...args);
    return this.land(await prepareOperation(this.network, from, operation));
  }

  read(id, page) {
    return tranche.readEscrow(this.network, id, page);
  }

  /** A draft in which every named account does what it is named for. */
  draft(engagement_id, { terms = {}, policy = {}, roles = {}, milestones } = {}) {
    const { address } = this;
    return {
      terms: {
        engagement_id,
        title: 'A website',
        description: 'Design, then code.',
        document: null,
        roles: {
          payer: address.payer,
          admin: address.admin,
          platform: address.platform,
          approvers: [address.approver],
          service_providers: [address.provider],
          release_signers: [address.signer],
          dispute_resolvers: [address.resolver],
          observers: [],
          ...roles,
        },
        token: this.token,
        platform_fee_bps: 250,
        policy: { ...tranche.PRESETS.arbitrated, ...policy },
        ...terms,
      },
      milestones: milestones ?? [milestone('Design', 1_000n * ONE), milestone('Code', 500n * ONE)],
    };
  }

  /** The methods that only this network has. */
  async developer(method, params) {
    const response = await fetch(this.network.rpcUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    });
    const { result, error } = await response.json();
    if (error) throw new Error(error.message);
    return result;
  }

  advanceTime(seconds) {
    return this.developer('localnet_advanceTime', { seconds: Number(seconds) });
  }

  advanceLedgers(count) {
    return this.developer('localnet_advanceLedgers', { count });
  }
}

export const milestone = (title, amount, more = {}) => ({
  title,
  description: '',
  document: null,
  amount,
  receiver: null,
  approvals_required: 1,
  due: 0n,
  ...more,
});
