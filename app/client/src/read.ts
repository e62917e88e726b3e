import { xdr } from '@stellar/stellar-sdk/base';
import { isContract } from './address.js';
import { versionOf } from './builds.js';
import {
  Entries,
  instanceKey,
  instanceOf,
  KEYS_PER_REQUEST,
  readEntries,
  storedKey,
  wasmHashOf,
} from './entries.js';
import type { Balances, Milestone, Totals } from './generated/types.js';
import type { Credits, EscrowState, Ledger, NotAnEscrow, Token } from './model.js';
import { latestLedger } from './network.js';
import { nativeOf } from './native.js';
import { failure, problemOf } from './problem.js';
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

/** Many escrows, and what was asked for and is none. */
export interface Escrows {
  escrows: EscrowState[];
  others: NotAnEscrow[];
  ledger: Ledger;
}

/** Which milestones to read: so many from this number on. */
export interface Page {
  start: number;
  limit: number;
}

/** How many escrows are read together: the first request asks for two keys of each. */
const TOGETHER = KEYS_PER_REQUEST / 2;
/** How many requests may follow the first, for balances, tokens and milestones. */
const FURTHER_REQUESTS = 2;

/** What is known of an escrow after the first request. */
interface Opened {
  id: string;
  wasmHash: string;
  agreement: Agreement;
  books: Books;
}

/**
 * Reads many escrows: a hundred take at most three requests, and one more without the latest ledger,
 * which finding them tells. Of each, as many milestones are read as have room; where that is not all,
 * they begin after those that were settled, if in order.
 */
export async function readEscrows(
  network: Network,
  ids: string[],
  latest?: Ledger,
): Promise<Escrows> {
  const clock = latest ? Promise.resolve(latest) : latestLedger(network);
  const unique = [...new Set(ids)];
  const chunks: Promise<Omit<Escrows, 'ledger'>>[] = [];
  for (let start = 0; start < unique.length; start += TOGETHER) {
    chunks.push(readTogether(network, unique.slice(start, start + TOGETHER), clock));
  }
  const [ledger, ...read] = await Promise.all([clock, ...chunks]);
  return {
    escrows: read.flatMap(({ escrows }) => escrows),
    others: read.flatMap(({ others }) => others),
    ledger,
  };
}

async function readTogether(
  network: Network,
  ids: string[],
  clock: Promise<Ledger>,
): Promise<Omit<Escrows, 'ledger'>> {
  const { opened, others, entries } = await open(network, ids);
  const tokens = new Set(opened.map(({ agreement }) => agreement.terms.token));
  const room = KEYS_PER_REQUEST * FURTHER_REQUESTS - opened.length - tokens.size;
  const wanted = opened.map(({ books: { totals } }) => totals.milestones);
  const limits = share(room, wanted);
  const pages = opened.map(({ books: { totals } }, i) => {
    const limit = limits[i] ?? 0;
    const start = Math.min(totals.settled, totals.milestones - limit);
    // The next to be funded takes the room of one, where it lies beyond.
    const beyond = nextOf(totals).some((next) => next >= start + limit);
    return { start, limit: beyond ? Math.max(0, limit - 1) : limit };
  });
  const read = await complete(network, opened, pages, entries, await clock);
  return { escrows: read.escrows, others: [...others, ...read.others] };
}

/** Shares room evenly; what those who want little leave is the others'. */
function share(room: number, wanted: number[]): number[] {
  const shares = wanted.map(() => 0);
  const littleFirst = [...wanted.entries()].sort(([, a], [, b]) => a - b);
  let left = room;
  littleFirst.forEach(([i, want], at) => {
    const own = Math.min(want, Math.floor(left / (wanted.length - at)));
    shares[i] = own;
    left -= own;
  });
  return shares;
}

/** Reads one escrow with a page of its milestones; with all of them, where no page is named. */
export async function readEscrow(
  network: Network,
  id: string,
  page: Page = { start: 0, limit: Number.POSITIVE_INFINITY },
): Promise<EscrowState> {
  const [ledger, { opened, others, entries }] = await Promise.all([
    latestLedger(network),
    open(network, [id]),
  ]);
  const read = await complete(network, opened, [page], entries, ledger);
  const [state] = read.escrows;
  if (state) return state;
  const [other] = [...others, ...read.others];
  throw failure(
    'not-found',
    other?.why ?? `${id} is not an escrow.`,
    'Check the address, and the network that you are on.',
  );
}

/** Reads more milestones of an escrow that was read before; any number of them. */
export async function readMilestones(
  network: Network,
  { id }: Pick<EscrowState, 'id'>,
  start: number,
  limit: number,
): Promise<Milestone[]> {
  return (await readEscrow(network, id, { start, limit })).milestones;
}

async function open(network: Network, ids: string[]) {
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
async function complete(
  network: Network,
  opened: Opened[],
  pages: Page[],
  entries: Entries,
  ledger: Ledger,
): Promise<Omit<Escrows, 'ledger'>> {
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
const nextOf = ({ funded, milestones }: Totals): number[] => (funded < milestones ? [funded] : []);

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
