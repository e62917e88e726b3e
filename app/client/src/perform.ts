import { toHex } from './bytes.js';
import { explain, walletFailure } from './errors.js';
import {
  codesOf,
  PATIENCE,
  saidIn,
  sleep,
  watch,
  type Outcome,
  type Patience,
} from './outcome.js';
import { transactionOf, type Prepared } from './prepare.js';
import { failure, type Problem } from './problem.js';
import { ask, type Network } from './rpc.js';
import type { Wallet } from './wallet.js';

/** How far a transaction is; from `sending` on it can be carried out. */
export type Progress =
  | { state: 'signing' }
  | { state: 'sending' | 'pending'; hash: string };

const SENDING_TRIES = 4;

/**
 * Has a transaction signed, sends it and watches it land. What fails before it is sent is thrown;
 * what becomes of it once it is sent is the answer.
 */
export async function perform(
  network: Network,
  prepared: Prepared,
  wallet: Wallet,
  onProgress: (progress: Progress) => void = () => {},
  patience: Patience = PATIENCE,
): Promise<Outcome> {
  const { hash, lastLedger } = prepared;
  onProgress({ state: 'signing' });
  const signed = await signedBy(network, prepared, wallet);
  onProgress({ state: 'sending', hash });
  const refused = await send(network, signed, patience);
  if (refused) {
    return { state: refused.kind === 'expired' ? 'expired' : 'failed', hash, problem: refused };
  }
  onProgress({ state: 'pending', hash });
  return watch(network, hash, lastLedger, patience);
}

async function signedBy(network: Network, prepared: Prepared, wallet: Wallet): Promise<string> {
  const { source, coSigners } = prepared;
  if (coSigners.length > 0) {
    throw failure(
      'co-signer',
      `${coSigners.join(' and ')} has to sign as well.`,
      'Hand the call over to be signed there, then go on with what comes back.',
    );
  }
  await checkNetwork(network, wallet);
  const options = { networkPassphrase: network.passphrase, address: source };
  const { signedTxXdr, signerAddress, error } = await wallet
    .signTransaction(prepared.xdr, options)
    .catch((caught: unknown) => {
      throw walletFailure(caught);
    });
  if (error) throw walletFailure(error);
  checkSigner(signerAddress, source);
  const same = () =>
    toHex(transactionOf(signedTxXdr, network.passphrase).hash()) === prepared.hash;
  if (isTrue(same)) return signedTxXdr;
  throw failure(
    'wallet',
    'The wallet gave back another transaction than it was given: nothing was sent.',
    'Try again, or use another wallet.',
  );
}

/** The wallet is on the network that the transaction is for. */
export async function checkNetwork(network: Network, wallet: Wallet): Promise<void> {
  const passphrase = await wallet.network().catch((caught: unknown) => {
    throw walletFailure(caught);
  });
  if (passphrase === network.passphrase) return;
  throw failure(
    'wrong-network',
    `The wallet is on another network (${passphrase || 'none'}): nothing was sent.`,
    `Switch it to the network with the passphrase “${network.passphrase}”, then try again.`,
  );
}

/** The wallet signed for who was asked. */
export function checkSigner(signer: string | undefined, asked: string): void {
  if (!signer || signer === asked) return;
  throw failure(
    'wrong-signer',
    `The wallet signed as ${signer}, and ${asked} was asked: nothing was sent.`,
    `Choose the account ${asked} in the wallet, then try again.`,
  );
}

/**
 * Sends it; why it was refused, or null. Only a status tells that the network refused it: behind any
 * other failure, even a server's refusal to answer, it may have arrived, and counts as sent.
 */
async function send(
  network: Network,
  transaction: string,
  { pause }: Patience,
): Promise<Problem | null> {
  for (let tries = 1; ; tries++) {
    let answer: { status?: string; errorResultXdr?: string; diagnosticEventsXdr?: string[] };
    try {
      answer = await ask(network, 'sendTransaction', { transaction });
    } catch {
      return null;
    }
    if (answer.status === 'ERROR') {
      return explain(`${codesOf(answer.errorResultXdr)} ${saidIn(answer.diagnosticEventsXdr)}`);
    }
    if (answer.status !== 'TRY_AGAIN_LATER') return null;
    if (tries === SENDING_TRIES) {
      return {
        kind: 'refused',
        happened: 'The network takes no transaction of this account at the moment; nothing was sent.',
        next: 'Try again in a minute.',
      };
    }
    await sleep(pause * 2 ** tries);
  }
}

function isTrue(test: () => boolean): boolean {
  try {
    return test();
  } catch {
    return false;
  }
}
