import {
  getAddress,
  getNetworkDetails,
  isAllowed,
  isConnected,
  requestAccess,
  signAuthEntry,
  signTransaction,
  WatchWalletChanges,
} from '@stellar/freighter-api';
import { TrancheError, type ProblemKind, type Wallet } from 'tranche-client';

function fail(kind: ProblemKind, happened: string, next: string): never {
  throw new TrancheError({ kind, happened, next });
}

const REJECTED = -4;

/** So long a question may take that Freighter answers without a window. */
const ANSWER_MILLISECONDS = 5_000;

/** What Freighter answers by itself; the package would wait for it for ever. */
async function soon<T>(question: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(silent()), ANSWER_MILLISECONDS);
  });
  return Promise.race([question, late]).finally(() => clearTimeout(timer));
}

const silent = () =>
  new TrancheError({
    kind: 'wallet',
    happened: 'Freighter does not answer.',
    next: 'Open Freighter once, or reload the page, then try again.',
  });

const noWallet = () =>
  fail(
    'wallet',
    'No Freighter answers in this browser.',
    'Install the Freighter extension, or switch it on for this page, then reload the page.',
  );

/** Every other question to a wallet that is not there waits for ever, so this one comes first. */
async function requireFreighter(): Promise<void> {
  if (!(await isConnected()).isConnected) noWallet();
}

async function networkPassphrase(): Promise<string> {
  // The package trips over a wallet that answers with an error alone.
  const details = await soon(getNetworkDetails().catch(() => undefined));
  if (!details || details.error || !details.networkPassphrase) {
    fail(
      'wallet',
      'Freighter does not say which network it is on.',
      'Unlock Freighter, then try again.',
    );
  }
  return details.networkPassphrase;
}

/** Freighter, as a wallet of the client. */
export const freighter: Wallet = {
  async address() {
    await requireFreighter();
    const { address, error } = await getAddress();
    if (error || !address) {
      fail(
        'wallet',
        'Freighter is locked, or does not know this page.',
        'Unlock it, and connect again.',
      );
    }
    return address;
  },
  async network() {
    await requireFreighter();
    return networkPassphrase();
  },
  async signTransaction(xdr, options) {
    await requireFreighter();
    return signTransaction(xdr, options);
  },
  async signAuthEntry(preimage, options) {
    await requireFreighter();
    return signAuthEntry(preimage, options);
  },
};

/** Asks the person to let the page see an address of Freighter; tells which. */
export async function connectFreighter(): Promise<string> {
  await requireFreighter();
  const { address, error } = await requestAccess();
  if (error?.code === REJECTED) {
    fail(
      'rejected',
      'You did not let this page see your address.',
      'Connect again, and allow it in Freighter.',
    );
  }
  if (error)
    fail('wallet', `Freighter says: ${error.message}`, 'Look at Freighter, then try again.');
  if (!address) {
    fail(
      'wallet',
      'Freighter is locked, or has no account yet.',
      'Unlock it or add an account, then connect again.',
    );
  }
  return address;
}

/** The address that Freighter shows this page without asking; undefined if it shows none. */
export async function rememberedFreighter(): Promise<string | undefined> {
  if (!(await isConnected()).isConnected) return undefined;
  if (!(await soon(isAllowed())).isAllowed) return undefined;
  const { address } = await getAddress();
  return address || undefined;
}

/** What has changed in Freighter. */
export interface FreighterChange {
  address: string;
  networkPassphrase: string;
}

/** Calls back when another account or network is chosen in Freighter, until what it returns is called. */
export function watchFreighter(changed: (change: FreighterChange) => void): () => void {
  const watcher = new WatchWalletChanges();
  watcher.watch(changed);
  return () => watcher.stop();
}
