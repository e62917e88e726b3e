// A network of its own for each file of tests, and the few steps that every test repeats.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import {
  Asset,
  BASE_FEE,
  Contract,
  contract,
  Keypair,
  nativeToScVal,
  rpc,
  TransactionBuilder,
} from '@stellar/stellar-sdk';

const BINARY = fileURLToPath(new URL('../../../target/debug/localnet', import.meta.url));

/** How long a transaction is valid unless a test is about just that. */
const TIMEOUT_SECONDS = 300;

/** Starts a network with these arguments; it ends with the process that asked for it. */
export async function start(...args) {
  const child = spawn(BINARY, ['--port', '0', '--json', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.once('exit', () => child.kill());
  const facts = JSON.parse(await firstLine(child));
  child.unref();
  child.stdout.unref();
  return new Localnet(facts);
}

function firstLine(child) {
  return new Promise((resolve, reject) => {
    const missing = 'localnet is not built: cargo build --package localnet';
    child.once('error', (cause) => reject(new Error(missing, { cause })));
    child.once('exit', (code) => reject(new Error(`localnet ended with ${code}`)));
    createInterface({ input: child.stdout }).once('line', resolve);
  });
}

class Localnet {
  constructor(facts) {
    this.facts = facts;
    this.passphrase = facts.networkPassphrase;
    this.rpcUrl = facts.rpcUrl;
    this.server = new rpc.Server(this.rpcUrl, { allowHttp: true });
    /** The key of each named account. */
    this.keys = Object.fromEntries(
      facts.accounts.map(({ name, secretKey }) => [name, Keypair.fromSecret(secretKey)]),
    );
    this.issuer = Keypair.fromSecret(facts.token.issuer.secretKey);
    this.usdc = new Asset(facts.token.code, this.issuer.publicKey());
    this.token = facts.token.contract;
  }

  /** The options of a `contract.Client` for whoever signs with this key. */
  signingAs(key) {
    return {
      rpcUrl: this.rpcUrl,
      allowHttp: true,
      networkPassphrase: this.passphrase,
      publicKey: key.publicKey(),
      ...contract.basicNodeSigner(key, this.passphrase),
    };
  }

  /** A transfer of the token. */
  transfer(from, to, amount) {
    const address = (key) => nativeToScVal(key.publicKey(), { type: 'address' });
    const args = [address(from), address(to), nativeToScVal(amount, { type: 'i128' })];
    return new Contract(this.token).call('transfer', ...args);
  }

  /** How much XLM an account has. */
  async stroops(key) {
    return (await this.server.getAccountEntry(key.publicKey())).balance;
  }

  /** A transaction of this account with the next sequence number, open to be changed. */
  async draft(key, ...operations) {
    const account = await this.server.getAccount(key.publicKey());
    return this.draftFrom(account, ...operations);
  }

  draftFrom(account, ...operations) {
    const options = { fee: BASE_FEE, networkPassphrase: this.passphrase };
    const builder = new TransactionBuilder(account, options);
    for (const operation of operations) builder.addOperation(operation);
    return builder;
  }

  /** Signed as it is. */
  async build(key, ...operations) {
    const tx = (await this.draft(key, ...operations)).setTimeout(TIMEOUT_SECONDS).build();
    tx.sign(key);
    return tx;
  }

  /** Signed with what the simulation says that it takes. */
  async prepare(key, operation) {
    const tx = (await this.draft(key, operation)).setTimeout(TIMEOUT_SECONDS).build();
    const prepared = await this.server.prepareTransaction(tx);
    prepared.sign(key);
    return prepared;
  }

  /** Sends what has to be taken, and says what became of it. */
  async land(tx) {
    const sent = await this.server.sendTransaction(tx);
    if (sent.status !== 'PENDING') {
      throw new Error(`${sent.status} ${sent.errorResult && codes(sent.errorResult)}`);
    }
    return this.server.pollTransaction(sent.hash);
  }

  /** The codes with which a transaction is refused. */
  async refusal(tx) {
    const { status, errorResult } = await this.server.sendTransaction(tx);
    return status === 'ERROR' ? codes(errorResult) : [status];
  }

  /** The methods that only this network has, which the SDK cannot know. */
  async developer(method, params) {
    const response = await fetch(this.rpcUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    });
    const { result, error } = await response.json();
    if (error) throw new Error(error.message);
    return result;
  }

  advanceLedgers(count) {
    return this.developer('localnet_advanceLedgers', { count });
  }

  advanceTime(seconds) {
    return this.developer('localnet_advanceTime', { seconds });
  }
}

/** What a call declares that it takes. */
export const resources = (prepared) => prepared.toEnvelope().value.tx.ext.value;

/** A prepared call with something else in it, not signed. */
export function altered(prepared, changes) {
  const same = { fee: BASE_FEE, sorobanData: resources(prepared) };
  return TransactionBuilder.cloneFrom(prepared, { ...same, ...changes }).build();
}

/** A result as its codes from the outside in: of the transaction, then of each operation. */
export function codes({ result }) {
  switch (result.type) {
    case 'txFeeBumpInnerSuccess':
    case 'txFeeBumpInnerFailed':
      return [result.type, ...codes(result.innerResultPair.result)];
    case 'txSuccess':
    case 'txFailed':
      return [result.type, ...result.results.map(operationCode)];
    default:
      return [result.type];
  }
}

function operationCode(result) {
  return result.type === 'opInner' ? result.tr.value.type : result.type;
}
