// A call that takes the signature of somebody else: handed over as text, signed there, and handed back.

import {
  Address,
  authorizeEntry,
  inspectAuthEntry,
  Operation,
  scValToNative,
  xdr,
} from '@stellar/stellar-sdk/base';
import { checkJust } from './authorised.js';
import { fromBase64 } from './bytes.js';
import { spec } from './generated/spec.js';
import { walletFailure } from './errors.js';
import { latestLedger } from './network.js';
import { checkNetwork, checkSigner } from './perform.js';
import { authOf, prepareOperation, transactionOf, type Prepared } from './prepare.js';
import { failure } from './problem.js';
import type { Network } from './rpc.js';
import type { Wallet } from './wallet.js';

/** How long a signature that is handed over can be used: a day of ledgers of five seconds. */
const LEDGERS_TO_HAND_BACK = 17_280;

/** What somebody is asked to sign. */
export interface HandedOver {
  /** Who sends it in the end, and pays the fee. */
  source: string;
  /** The contract that is called; null where one is created. */
  contract: string | null;
  /** The entry point, and its arguments by name where it is one of an escrow. */
  method: string;
  args: Record<string, unknown>;
  /** Who still has to sign, beside the source. */
  coSigners: string[];
}

/** A prepared call as text, to be handed to those who have to sign as well. */
export const handOver = (prepared: Prepared): string => prepared.xdr;

/**
 * Reads what was handed over, so that it can be shown before it is signed. What would have somebody
 * sign for anything but the call that is shown is refused.
 */
export function readHandedOver(network: Network, text: string): HandedOver {
  const { transaction, func, auth } = received(network, text);
  if (auth.length === 0) throw unreadable();
  checkJust(network.passphrase, func, auth);
  const coSigners = auth.flatMap((entry) => {
    const { address, signed } = inspectAuthEntry(entry);
    return address === null || signed ? [] : [address];
  });
  const called = { source: transaction.source, coSigners };
  if (func.type !== 'hostFunctionTypeInvokeContract') {
    return { ...called, contract: null, method: '__constructor', args: {} };
  }
  const { contractAddress, functionName, args } = func.value;
  const method = functionName.toString();
  const contract = Address.fromScAddress(contractAddress).toString();
  return { ...called, contract, method, args: namedArgs(method, args) };
}

/** Signs the part of this wallet in what was handed over; the answer is what to hand back. */
export async function coSign(network: Network, text: string, wallet: Wallet): Promise<string> {
  const { transaction, func, auth } = received(network, text);
  checkJust(network.passphrase, func, auth);
  await checkNetwork(network, wallet);
  const address = await wallet.address();
  const { sequence } = await latestLedger(network);
  const mine = auth.filter((entry) => inspectAuthEntry(entry).address === address);
  if (mine.length === 0) {
    throw failure(
      'wrong-signer',
      `Nothing here is for ${address} to sign.`,
      'Choose the account that was asked, or check that the text is the right one.',
    );
  }
  const last = sequence + LEDGERS_TO_HAND_BACK;
  const signed: xdr.SorobanAuthorizationEntry[] = [];
  for (const entry of auth) {
    const signs = mine.includes(entry);
    signed.push(signs ? await authorised(network, entry, address, wallet, last) : entry);
  }
  return withAuth(transaction.toEnvelope(), signed);
}

/** A call that came back signed, simulated anew and ready for the source to sign and send. */
export async function prepareHandedBack(network: Network, text: string): Promise<Prepared> {
  const { transaction, func, auth } = received(network, text);
  // What others have signed is theirs; the source signs for its own part with the whole.
  checkJust(
    network.passphrase,
    func,
    auth.filter((entry) => inspectAuthEntry(entry).address === null),
  );
  const call = Operation.invokeHostFunction({ func, auth });
  return prepareOperation(network, transaction.source, call);
}

async function authorised(
  network: Network,
  entry: xdr.SorobanAuthorizationEntry,
  address: string,
  wallet: Wallet,
  lastLedger: number,
): Promise<xdr.SorobanAuthorizationEntry> {
  const options = { networkPassphrase: network.passphrase, address };
  const sign = async (preimage: xdr.HashIdPreimage) => {
    const { signedAuthEntry, signerAddress, error } = await wallet.signAuthEntry(
      preimage.toXdr('base64'),
      options,
    );
    if (error || !signedAuthEntry) throw walletFailure(error);
    checkSigner(signerAddress, address);
    return { signature: fromBase64(signedAuthEntry), publicKey: address };
  };
  return authorizeEntry(entry, sign, lastLedger, network.passphrase).catch((caught: unknown) => {
    throw walletFailure(caught);
  });
}

function withAuth(envelope: xdr.TransactionEnvelope, auth: xdr.SorobanAuthorizationEntry[]): string {
  if (envelope.type !== 'envelopeTypeTx') throw unreadable();
  const body = envelope.value.tx.operations[0]?.body;
  if (body?.type !== 'invokeHostFunction') throw unreadable();
  body.value.auth.splice(0, auth.length, ...auth);
  return envelope.toXdr('base64');
}

function received(network: Network, text: string) {
  const transaction = transactionIn(network, text);
  const [operation] = transaction.operations;
  if (operation?.type !== 'invokeHostFunction') throw unreadable();
  return { transaction, func: operation.func, auth: authOf(transaction) };
}

function transactionIn(network: Network, text: string) {
  try {
    return transactionOf(text.replace(/\s/g, ''), network.passphrase);
  } catch {
    throw unreadable();
  }
}

function namedArgs(method: string, args: xdr.ScVal[]): Record<string, unknown> {
  const known = spec.funcs().find((one) => one.name.toString() === method);
  const names = known?.inputs.map(({ name }) => name.toString()) ?? [];
  return Object.fromEntries(args.map((value, i) => [names[i] ?? String(i), scValToNative(value)]));
}

const unreadable = () =>
  failure(
    'input',
    'This text is no call that waits for a signature.',
    'Copy all of it again, from the first character to the last.',
  );
