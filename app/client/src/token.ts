import { xdr } from '@stellar/stellar-sdk/base';
import { addressValue } from './address.js';
import { instanceKey, instanceOf, readEntries, storedKey, type Entries } from './entries.js';
import type { Token } from './model.js';
import { nativeOf } from './native.js';
import { failure } from './problem.js';
import { isObject, type Network } from './rpc.js';
import { view } from './view.js';

/** Under which key a token's contract keeps what a contract holds. */
export const balanceKey = (token: string, holder: string): xdr.LedgerKey =>
  storedKey(token, xdr.ScVal.scvVec([xdr.ScVal.scvSymbol('Balance'), addressValue(holder)]));

/** What a contract holds of a token; null where the token keeps it in a way of its own. */
export function storedBalance(entries: Entries, token: Token, holder: string): bigint | null {
  const value = entries.value(balanceKey(token.address, holder));
  if (value === undefined) return token.asset === null ? null : 0n;
  const told = nativeOf(value);
  if (typeof told === 'bigint') return told;
  return isObject(told) && typeof told.amount === 'bigint' ? told.amount : null;
}

/** What a token's instance tells of it; null where it keeps that in a way of its own. */
export function storedToken(entries: Entries, address: string): Token | null {
  const instance = instanceOf(entries.value(instanceKey(address)));
  const told = nativeOf(instance?.storage.get('METADATA'));
  if (!instance || !isObject(told)) return null;
  const { decimal, name, symbol } = told;
  const isAsset = instance.executable.type === 'contractExecutableStellarAsset';
  const shown = isAsset && name === 'native' ? 'XLM' : symbol;
  return tokenOf(address, decimal, shown, isAsset ? String(name) : null);
}

/** Reads what a token calls itself. */
export async function readToken(network: Network, address: string): Promise<Token> {
  const entries = await readEntries(network, [instanceKey(address)]);
  const token = storedToken(entries, address) ?? (await askToken(network, address));
  if (token) return token;
  throw failure(
    'not-found',
    `${address} does not answer as a token.`,
    'Name the contract of a token (C…), native, or CODE:ISSUER.',
  );
}

/** Asks a token itself; null where it does not answer as one. */
export async function askToken(network: Network, address: string): Promise<Token | null> {
  const answers = ['decimals', 'symbol'].map((method) => view(network, address, method, []));
  const [decimals, symbol] = (await Promise.all(answers)).map(nativeOf);
  return tokenOf(address, decimals, symbol, null);
}

/** As many as any amount has digits. */
const MOST_DECIMALS = 38;
const LONGEST_SYMBOL = 32;
/** What is not seen, or has its neighbours seen elsewhere. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu;

/** A token as it tells of itself, which can be anything; null where no sum could be shown in it. */
function tokenOf(
  address: string,
  decimals: unknown,
  symbol: unknown,
  asset: string | null,
): Token | null {
  if (typeof decimals !== 'number' || typeof symbol !== 'string') return null;
  const shown = symbol.replace(UNSEEN, '').trim();
  const right =
    decimals >= 0 && decimals <= MOST_DECIMALS && shown && shown.length <= LONGEST_SYMBOL;
  return right ? { address, symbol: shown, decimals, asset } : null;
}

/** What an address has of a token. */
export async function readBalance(network: Network, token: Token, holder: string): Promise<bigint> {
  const value = await view(network, token.address, 'balance', [addressValue(holder)]);
  const balance = nativeOf(value);
  return typeof balance === 'bigint' ? balance : 0n;
}
