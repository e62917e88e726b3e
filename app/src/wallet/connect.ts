import { Keypair } from '@stellar/stellar-sdk';
import { keyWallet, type Wallet } from 'tranche-client';
import { forget, isText, keep, recall } from '../memory.ts';
import { networkName } from '../network/connection.ts';
import { connectFreighter, freighter, rememberedFreighter, watchFreighter } from './freighter.ts';
import { names } from './names.ts';
import { session, walletTrouble } from './session.ts';
import { LOCALNET_PASSPHRASE, testKeys } from './test-keys.ts';

/** A named account of localnet, ready to sign. */
export interface TestAccount {
  name: string;
  address: string;
  wallet: Wallet;
}

let known: Promise<TestAccount[]> | undefined;

/** The named accounts, where the network is localnet; none anywhere else. */
export function testAccounts(passphrase: string): Promise<TestAccount[]> {
  if (passphrase !== LOCALNET_PASSPHRASE) return Promise.resolve([]);
  known ??= findTestAccounts();
  return known;
}

async function findTestAccounts(): Promise<TestAccount[]> {
  const accounts: TestAccount[] = [];
  for (const { name, seed } of await testKeys()) {
    const pair = Keypair.fromRawEd25519Seed(seed);
    const wallet = keyWallet(pair.secret(), LOCALNET_PASSPHRASE);
    accounts.push({ name, wallet, address: pair.publicKey() });
  }
  names.set(new Map(accounts.map(({ name, address }) => [address, name])));
  return accounts;
}

let unwatch: (() => void) | undefined;
let turn = 0;

/** Begins a choice of whom to act for; tells of each later moment whether it is still the latest. */
function choose(): () => boolean {
  const mine = ++turn;
  return () => mine === turn;
}

/** Acts as one of the named accounts. */
export function actAs({ name, address, wallet }: TestAccount): void {
  disconnect();
  session.set({ kind: 'test key', address, wallet });
  keep('wallet', name);
}

/**
 * Acts for the account that is active in Freighter, after its consent; false if something else was
 * chosen meanwhile.
 */
export async function actWithFreighter(passphrase: string): Promise<boolean> {
  const isLatest = choose();
  return follow(await connectFreighter(), passphrase, isLatest);
}

/** Whatever is still being asked of a wallet does not count any more. */
export const stopConnecting = (): void => void choose();

async function follow(
  address: string,
  passphrase: string,
  isLatest: () => boolean,
): Promise<boolean> {
  const network = await freighter.network();
  if (!isLatest()) return false;
  disconnect();
  session.set({ kind: 'freighter', address, wallet: freighter });
  keep('wallet', 'freighter');
  compare(network, passphrase);
  let followed = true;
  const stop = watchFreighter((change) => {
    if (!followed) return;
    if (change.address)
      session.set({ kind: 'freighter', address: change.address, wallet: freighter });
    else walletTrouble.set('Freighter is locked. Unlock it to sign.');
    if (change.address && change.networkPassphrase) compare(change.networkPassphrase, passphrase);
  });
  unwatch = () => {
    followed = false;
    stop();
  };
  return true;
}

function compare(wallet: string, page: string): void {
  const differs = `Freighter is on ${networkName(wallet)}, and this page reads ${networkName(page)}. Switch the network in Freighter.`;
  walletTrouble.set(wallet === page ? undefined : differs);
}

/** Acts for nobody any more. */
export function disconnect(): void {
  stopConnecting();
  unwatch?.();
  unwatch = undefined;
  session.set(undefined);
  walletTrouble.set(undefined);
  forget('wallet');
}

/**
 * Takes up the wallet of the last visit, if it still shows itself without asking, and nobody was
 * chosen meanwhile.
 */
export async function resume(passphrase: string): Promise<void> {
  const isLatest = choose();
  const accounts = await testAccounts(passphrase);
  if (!isLatest()) return;
  const last = recall('wallet', isText);
  const account = accounts.find(({ name }) => name === last);
  if (account) actAs(account);
  if (last !== 'freighter') return;
  const address = await rememberedFreighter();
  if (address) await follow(address, passphrase, isLatest);
}
