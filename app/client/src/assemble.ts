// How an escrow is put together from the entries that it and its token store.

import { xdr } from '@stellar/stellar-sdk/base';
import { isContract } from './address.js';
import { versionOf } from './builds.js';
import {
  Entries,
  instanceKey,
  instanceOf,
  readEntries,
  storedKey,
  wasmHashOf,
} from './entries.js';
import type { Balances, Totals } from './generated/types.js';
import type { Credits, EscrowState, Ledger, NotAnEscrow, Token } from './model.js';
import { nativeOf } from './native.js';
import { problemOf } from './problem.js';
import { isObject, type Network } from './rpc.js';
import {
  agreementOf,
  booksOf,
  escrowOf,
  milestoneOf,
  type Agreement,
  type Books,
  type StoredMilestone,
} from './stored.js';
import { askToken, balanceKey, storedBalance, storedToken } from './token.js';
import { view } from './view.js';

/** Which milestones to read: so many from this number on. */
export interface Page {
  start: number;
  limit: number;
}

/** What is known of an escrow after the first request. */
export interface Opened {
  id: string;
  wasmHash: string;
  agreement: Agreement;
  books: Books;
}

/** Escrows, and what turned out to be none. */
export interface Assembled {
  escrows: EscrowState[];
  others: NotAnEscrow[];
}

/** The first request: which of these are escrows, and what they store of themselves. */
export async function open(network: Network, ids: string[]) {
  const right = ids.filter(isContract);
  const keys = right.flatMap((id) => [instanceKey(id), ledgerKey(id)]);
  const entries = await readEntries(network, keys);
  const others: NotAnEscrow[] = ids
    .filter((id) => !isContract(id))
    .map((id) => ({ id, why: `${id} is not the address of a contract.` }));
  const opened: Opened[] = [];
  for (const id of right) {
    const one = openOne(id, entries);
    if (typeof one === 'string') others.push({ id, why: one });
    else opened.push(one);
  }
  return { opened, others, entries };
}

/** An escrow as far as the first request tells of it; or why it is none. */
function openOne(id: string, entries: Entries): Opened | string {
  const instance = instanceOf(entries.value(instanceKey(id)));
  if (!instance) return `There is no contract ${id} on this network.`;
  const wasmHash = wasmHashOf(instance.executable);
  const [terms, books] = [instance.storage.get('terms'), entries.value(ledgerKey(id))];
  if (!wasmHash || !terms || !books) return `The contract ${id} is not an escrow.`;
  try {
    return { id, wasmHash, agreement: agreementOf(terms), books: booksOf(books) };
  } catch {
    return `The contract ${id} stores something else than an escrow does.`;
  }
}

/** Reads what the first request did not: balances, tokens and milestones. */
export async function complete(
  network: Network,
  opened: Opened[],
  pages: Page[],
  entries: Entries,
  ledger: Ledger,
): Promise<Assembled> {
  const numbers = opened.map((one, i) => numbersOf(one, pages[i]));
  const keys = opened.flatMap(({ id, agreement: { terms }, books }, i) => [
    balanceKey(terms.token, id),
    instanceKey(terms.token),
    ...nextOf(books.totals).map((number) => milestoneKey(id, number)),
    ...(numbers[i] ?? []).map((number) => milestoneKey(id, number)),
  ]);
  await readEntries(network, keys, entries);
  const read = opened.map((one, i) => {
    const milestones = milestonesOf(one, numbers[i] ?? [], entries);
    const next = milestonesOf(one, nextOf(one.books.totals), entries);
    return milestones && next
      ? stateOf(network, one, milestones, next[0], entries, ledger).catch((caught: unknown) =>
          unreadable(one, caught),
        )
      : { id: one.id, why: `The contract ${one.id} stores something else than an escrow does.` };
  });
  const all = await Promise.all(read);
  return {
    escrows: all.filter((one): one is EscrowState => 'escrow' in one),
    others: all.filter((one): one is NotAnEscrow => 'why' in one),
  };
}

/** One that cannot be read takes no others with it; a server that is away takes all. */
function unreadable({ id }: Opened, caught: unknown): NotAnEscrow {
  const { kind, happened } = problemOf(caught);
  if (kind === 'unreachable' || kind === 'slow') throw caught;
  return { id, why: `The contract ${id}, or its token, cannot be read. ${happened}` };
}

/** The milestones that were read; null where they are not what an escrow stores. */
function milestonesOf(
  { id, agreement, books }: Opened,
  numbers: number[],
  entries: Entries,
): StoredMilestone[] | null {
  try {
    return numbers.flatMap((number) => {
      const value = entries.value(milestoneKey(id, number));
      return value ? [milestoneOf(value, number, agreement, books.totals.funded)] : [];
    });
  } catch {
    return null;
  }
}

/** The number of the next milestone to be funded; none, where all are. */
export const nextOf = ({ funded, milestones }: Totals): number[] => (funded < milestones ? [funded] : []);

/** Code that is not known can claim to have any number of milestones: so many are looked for. */
const MOST_OF_UNKNOWN = 1_000;

function numbersOf({ wasmHash, books }: Opened, page: Page | undefined): number[] {
  const { start, limit } = page ?? { start: 0, limit: 0 };
  const most = versionOf(wasmHash) === null ? Math.min(limit, MOST_OF_UNKNOWN) : limit;
  const end = Math.min(start + most, books.totals.milestones);
  return Array.from({ length: Math.max(0, end - start) }, (_, i) => start + i);
}

async function stateOf(
  network: Network,
  { id, wasmHash, agreement, books }: Opened,
  stored: StoredMilestone[],
  next: StoredMilestone | undefined,
  entries: Entries,
  ledger: Ledger,
): Promise<EscrowState> {
  const { terms } = agreement;
  const told = storedToken(entries, terms.token) ?? (await askToken(network, terms.token));
  const token = told ?? { address: terms.token, symbol: 'units', decimals: 0, asset: null };
  const milestones = stored.map(({ milestone }) => milestone);
  const keys = milestones.map(({ milestone }) => milestoneKey(id, milestone));
  const all = [instanceKey(id), ledgerKey(id), ...keys];
  return {
    id,
    wasmHash,
    version: versionOf(wasmHash),
    escrow: escrowOf(agreement, books),
    balances: await balancesOf(network, id, token, books, entries),
    token,
    milestones,
    next: next?.milestone ?? null,
    credits: creditsOf(stored, books),
    approvalsNeeded: books.approvalsNeeded,
    archived: all.some((key) => entries.isArchived(key)),
    ledger,
  };
}

function creditsOf(stored: StoredMilestone[], { feesOwed }: Books): Credits {
  const owed = stored.filter(({ milestone }) => milestone.credited > 0n);
  const milestones = owed.map(({ milestone, owed }) => [milestone.milestone, owed] as const);
  return { fees: feesOwed, milestones: Object.fromEntries(milestones) };
}

/** Whose the tokens are; a token that keeps balances in a way of its own is asked. */
async function balancesOf(
  network: Network,
  id: string,
  token: Token,
  { totals: { reserved, credited } }: Books,
  entries: Entries,
): Promise<Balances | null> {
  const stored = storedBalance(entries, token, id);
  if (stored !== null) {
    return { balance: stored, reserved, credited, unreserved: stored - reserved - credited };
  }
  const told = nativeOf(await view(network, id, 'get_balances', []));
  return isObject(told) && BALANCES.every((name) => typeof told[name] === 'bigint')
    ? (told as unknown as Balances)
    : null;
}

const BALANCES: readonly (keyof Balances)[] = ['balance', 'reserved', 'credited', 'unreserved'];

const ledgerKey = (id: string): xdr.LedgerKey => storedKey(id, xdr.ScVal.scvSymbol('ledger'));

const milestoneKey = (id: string, number: number): xdr.LedgerKey =>
  storedKey(id, xdr.ScVal.scvU32(number));
