import { Address, xdr } from '@stellar/stellar-sdk/base';
import { toHex } from './bytes.js';
import { ask, nonsense, understand, type Network } from './rpc.js';

/** How many keys a server answers at once. */
export const KEYS_PER_REQUEST = 200;

/** A ledger entry, and until which ledger it lives, where it does not live for ever. */
export interface Entry {
  data: xdr.LedgerEntryData;
  liveUntil?: number;
}

/** Ledger entries by their keys. */
export class Entries {
  readonly #found = new Map<string, Entry>();

  /** The oldest of the ledgers as of which these were read. */
  latestLedger = Number.POSITIVE_INFINITY;

  get(key: xdr.LedgerKey): Entry | undefined {
    return this.#found.get(key.toXdr('base64'));
  }

  /** What a contract stores under a key. */
  value(key: xdr.LedgerKey): xdr.ScVal | undefined {
    const data = this.get(key)?.data;
    return data?.type === 'contractData' ? data.value.val : undefined;
  }

  /** Whether an entry is there, but has to be brought back. */
  isArchived(key: xdr.LedgerKey): boolean {
    return (this.get(key)?.liveUntil ?? this.latestLedger) < this.latestLedger;
  }

  /** Takes in what one answer holds. */
  add(answer: RawEntries): void {
    const { entries, latestLedger } = answer;
    if (!Array.isArray(entries ?? []) || !Number.isSafeInteger(latestLedger)) {
      throw nonsense('getLedgerEntries');
    }
    this.latestLedger = Math.min(this.latestLedger, latestLedger);
    for (const { key, xdr: value, liveUntilLedgerSeq } of entries ?? []) {
      const data = understand('getLedgerEntries', () => xdr.LedgerEntryData.fromXdr(value, 'base64'));
      const life = liveUntilLedgerSeq === undefined ? {} : { liveUntil: liveUntilLedgerSeq };
      this.#found.set(key, { data, ...life });
    }
  }
}

interface RawEntries {
  entries?: { key: string; xdr: string; liveUntilLedgerSeq?: number }[] | null;
  latestLedger: number;
}

/** Reads entries by their keys, in as many requests as that takes. */
export async function readEntries(
  network: Network,
  keys: xdr.LedgerKey[],
  into: Entries = new Entries(),
): Promise<Entries> {
  const wanted = [...new Set(keys.map((key) => key.toXdr('base64')))];
  const requests: Promise<RawEntries>[] = [];
  for (let start = 0; start < wanted.length; start += KEYS_PER_REQUEST) {
    const page = wanted.slice(start, start + KEYS_PER_REQUEST);
    requests.push(ask<RawEntries>(network, 'getLedgerEntries', { keys: page }));
  }
  for (const answer of await Promise.all(requests)) into.add(answer);
  return into;
}

/** The key of what a contract stores for good. */
export const storedKey = (contract: string, key: xdr.ScVal): xdr.LedgerKey =>
  xdr.LedgerKey.contractData(
    new xdr.LedgerKeyContractData({
      contract: Address.fromString(contract).toScAddress(),
      key,
      durability: xdr.ContractDataDurability.persistent,
    }),
  );

/** The key of a contract's instance. */
export const instanceKey = (contract: string): xdr.LedgerKey =>
  storedKey(contract, xdr.ScVal.scvLedgerKeyContractInstance());

/** The key of an account. */
export const accountKey = (account: string): xdr.LedgerKey =>
  xdr.LedgerKey.account(new xdr.LedgerKeyAccount({ accountId: accountId(account) }));

/** An account as ledger entries name it. */
export const accountId = (account: string): xdr.AccountId => {
  const address = Address.fromString(account).toScAddress();
  if (address.type !== 'scAddressTypeAccount') throw new TypeError(`${account} is no account`);
  return address.accountId;
};

/** What a contract's instance holds, by the names of its keys, and the code that it runs. */
export function instanceOf(
  value: xdr.ScVal | undefined,
): { executable: xdr.ContractExecutable; storage: Map<string, xdr.ScVal> } | undefined {
  if (value?.type !== 'scvContractInstance') return undefined;
  const { executable, storage } = value.value;
  const named = (storage ?? []).flatMap(({ key, val }) =>
    key.type === 'scvSymbol' ? [[key.sym.toString(), val] as const] : [],
  );
  return { executable, storage: new Map(named) };
}

/** The hash of the code that a contract runs, in hexadecimal; null for one without code of its own. */
export const wasmHashOf = (executable: xdr.ContractExecutable): string | null =>
  executable.type === 'contractExecutableWasm' ? toHex(executable.wasmHash.value) : null;
