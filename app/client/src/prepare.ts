import {
  Account,
  inspectAuthEntry,
  Operation,
  SorobanDataBuilder,
  Transaction,
  TransactionBuilder,
  xdr,
} from '@stellar/stellar-sdk/base';
import { isContract } from './address.js';
import { checkJust } from './authorised.js';
import { toHex } from './bytes.js';
import { accountKey, readEntries } from './entries.js';
import { explain } from './errors.js';
import { failure, TrancheError } from './problem.js';
import { ask, understand, type Network } from './rpc.js';

/** A transaction that was simulated, and waits for its signature. */
export interface Prepared {
  /** The transaction without its signature, in base64. */
  xdr: string;
  hash: string;
  /** Who signs and sends it, and pays the fee. */
  source: string;
  /** The most that it can cost, in stroops; what is not used comes back. */
  fee: bigint;
  /** The last ledger that can take it. */
  lastLedger: number;
  /** Who has to sign beside the source, and has not. */
  coSigners: string[];
  /** It only brings back what is archived: prepare the call again once it is through. */
  restores: boolean;
}

/** For how many ledgers a transaction can be taken, of about five seconds each. */
export const LEDGERS_TO_SIGN_AND_LAND = 120;

const LEAST_INCLUSION_FEE_STROOPS = 100;
const MOST_INCLUSION_FEE_STROOPS = 100_000;

/** What a call asks signatures for, where that is more than the call itself. */
interface Asking {
  /** Somebody may have to sign for something deeper than the call. */
  authMode?: 'record_allow_nonroot';
  /** What who signs the call signs beneath it. */
  beneath?: xdr.InvokeContractArgs | undefined;
}

interface Simulation {
  error?: string;
  minResourceFee?: string;
  transactionData?: string;
  results?: { auth?: string[]; xdr: string }[];
  restorePreamble?: { minResourceFee: string; transactionData: string };
}

/** Simulates an operation from this account. What the contract would refuse is thrown as it says it. */
export async function prepareOperation(
  network: Network,
  source: string,
  operation: xdr.Operation,
  { authMode, beneath }: Asking = {},
): Promise<Prepared> {
  const [{ account, latest }, fee] = await Promise.all([
    readAccount(network, source),
    inclusionFee(network),
  ]);
  const draft = () =>
    new TransactionBuilder(new Account(source, account), {
      fee: String(fee),
      networkPassphrase: network.passphrase,
      timebounds: { minTime: 0, maxTime: 0 },
      // Bounds by ledger, since the network's clock need not be that of this machine.
      ledgerbounds: { minLedger: 0, maxLedger: latest + LEDGERS_TO_SIGN_AND_LAND },
    });
  const trial = draft().addOperation(operation).build();
  const simulation = await ask<Simulation>(network, 'simulateTransaction', {
    transaction: trial.toXdr(),
    useUpgradedAuth: true,
    ...(authMode && { authMode }),
  });
  if (typeof simulation.error === 'string') throw new TrancheError(explain(simulation.error));
  const preamble = simulation.restorePreamble;
  const [built, answer] = understand('simulateTransaction', () => {
    const built = preamble
      ? restoring(draft(), preamble.transactionData)
      : assembled(draft(), trial, simulation);
    const restores = preamble !== undefined;
    return [built, prepared(built, source, latest + LEDGERS_TO_SIGN_AND_LAND, restores)] as const;
  });
  const [call] = built.operations;
  // What was handed back was looked at before.
  if (call?.type === 'invokeHostFunction' && authOf(trial).length === 0) {
    checkJust(network.passphrase, call.func, authOf(built), beneath);
  }
  return answer;
}

function assembled(builder: TransactionBuilder, trial: Transaction, simulation: Simulation) {
  const { transactionData = '', results } = simulation;
  const operation = trial.operations[0];
  if (operation?.type !== 'invokeHostFunction') throw new TypeError('not a call');
  const recorded = results?.[0]?.auth ?? [];
  const given = operation.auth ?? [];
  const auth =
    given.length > 0
      ? given
      : recorded.map((entry) => xdr.SorobanAuthorizationEntry.fromXdr(entry, 'base64'));
  return builder
    .addOperation(Operation.invokeHostFunction({ func: operation.func, auth }))
    .setSorobanData(new SorobanDataBuilder(transactionData).build())
    .build();
}

const restoring = (builder: TransactionBuilder, data: string) =>
  builder
    .addOperation(Operation.restoreFootprint({}))
    .setSorobanData(new SorobanDataBuilder(data).build())
    .build();

function prepared(
  built: Transaction,
  source: string,
  lastLedger: number,
  restores: boolean,
): Prepared {
  const coSigners = authOf(built).flatMap((entry) => {
    const { address, signed } = inspectAuthEntry(entry);
    return address === null || signed ? [] : [address];
  });
  return {
    xdr: built.toXdr(),
    hash: toHex(built.hash()),
    source,
    fee: BigInt(built.fee),
    lastLedger,
    coSigners: [...new Set(coSigners)],
    restores,
  };
}

/** The authorisations that a transaction's call carries. */
export function authOf(transaction: Transaction): xdr.SorobanAuthorizationEntry[] {
  const operation = transaction.operations[0];
  return operation?.type === 'invokeHostFunction' ? (operation.auth ?? []) : [];
}

/** A transaction from its text. */
export function transactionOf(text: string, passphrase: string): Transaction {
  const transaction = TransactionBuilder.fromXdr(text, passphrase);
  if (transaction instanceof Transaction) return transaction;
  throw new TypeError('a fee bump');
}

async function readAccount(network: Network, source: string) {
  if (isContract(source)) {
    throw failure(
      'input',
      `${source} is a contract, and a contract cannot send a transaction.`,
      'Send it from an account (G…), and have the contract sign what it authorises.',
    );
  }
  const entries = await readEntries(network, [accountKey(source)]);
  const data = entries.get(accountKey(source))?.data;
  if (data?.type === 'account') {
    return { account: data.value.seqNum.toString(), latest: entries.latestLedger };
  }
  throw failure(
    'no-account',
    `The account ${source} does not exist on this network.`,
    'Send it some XLM, which creates it.',
  );
}

/** What it takes to be included soon; little, unless the network is busy. */
async function inclusionFee(network: Network): Promise<number> {
  const { sorobanInclusionFee } = await ask<{ sorobanInclusionFee?: { p90?: string } }>(
    network,
    'getFeeStats',
  );
  const usual = Number(sorobanInclusionFee?.p90 ?? LEAST_INCLUSION_FEE_STROOPS);
  const least = Math.max(LEAST_INCLUSION_FEE_STROOPS, usual || 0);
  return Math.min(least, MOST_INCLUSION_FEE_STROOPS);
}
