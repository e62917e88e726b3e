import { xdr } from '@stellar/stellar-sdk/base';
import { addressValue } from './address.js';
import { readEvents, type RawEvent } from './events.js';
import { spec } from './generated/spec.js';
import type { EscrowState, Token } from './model.js';
import { nativeOf } from './native.js';
import { isObject, type Network } from './rpc.js';
import { sentence } from './sentences.js';

/** One event of an escrow, or of its token where that moved money to or from the escrow by itself. */
export interface HistoryRow {
  id: string;
  ledger: number;
  /** When the ledger closed, as ISO 8601 in UTC. */
  time: string;
  transaction: string;
  /** The event's name: one of the contract's, `deposit` or `clawback`. */
  event: string;
  /** Who caused it; empty where it was anybody. */
  who: string;
  milestones: number[];
  /** What happened, as a sentence. */
  what: string;
  /** What the event holds, by the names of the contract. */
  data: Record<string, unknown>;
}

/** What happened to an escrow, oldest first, in the ledgers that the server could look through. */
export interface History {
  rows: HistoryRow[];
  from: number;
  to: number;
}

/** Under which names an event tells who caused it. */
const WHO = [
  'holder',
  'payer',
  'provider',
  'approver',
  'signer',
  'party',
  'resolver',
  'receiver',
  'owner',
  'admin',
  'from',
];

/** Reads what happened to an escrow, as far back as the server has events. */
export async function readHistory(network: Network, state: EscrowState): Promise<History> {
  const { id, token } = state;
  const [transfer, mint, clawback] = ['transfer', 'mint', 'clawback'].map((name) =>
    xdr.ScVal.scvSymbol(name),
  );
  const holder = addressValue(id);
  const { events, from, latest } = await readEvents(network, [
    { contracts: [id] },
    {
      contracts: [token.address],
      // With and without the asset's name, which only an asset's contract tells.
      topics: [
        [transfer ?? null, null, holder],
        [transfer ?? null, null, holder, null],
        // What an asset's issuer sends comes to be where it arrives.
        [mint ?? null, holder],
        [mint ?? null, holder, null],
        [clawback ?? null, holder, null],
      ],
    },
  ]);
  const funding = new Set(events.filter(isFunding).map(({ transaction }) => transaction));
  const told = events.filter(
    ({ contract, transaction }) => contract === id || !funding.has(transaction),
  );
  return { rows: told.flatMap((event) => rowOf(event, state)), from, to: latest.sequence };
}

const nameOf = ({ topics: [name] }: RawEvent): string =>
  name?.type === 'scvSymbol' ? name.sym.toString() : '';

const isFunding = (event: RawEvent): boolean => nameOf(event) === 'funded';

function rowOf(event: RawEvent, state: EscrowState): HistoryRow[] {
  const told = event.contract === state.id ? ownEvent(event) : tokenEvent(event, state.token);
  if (!told) return [];
  const { name, data } = told;
  const { id, ledger, time, transaction } = event;
  const field = WHO.find((one) => typeof data[one] === 'string');
  const row = {
    id,
    ledger,
    time,
    transaction,
    event: name,
    who: field ? String(data[field]) : '',
    milestones: milestonesOf(data),
    data,
  };
  return [{ ...row, what: sentence(name, data, state.token) }];
}

/** An event by its name, with what it holds. */
interface Named {
  name: string;
  data: Record<string, unknown>;
}

/** An event of the escrow; null for one that no escrow of ours emits. */
function ownEvent(event: RawEvent): Named | null {
  try {
    const data = spec.parseEvent(event.topics, event.value)?.data;
    return data ? { name: nameOf(event), data } : null;
  } catch {
    return null;
  }
}

/** An event of the token; null for one that tells no sum, or not whose it was. */
function tokenEvent(event: RawEvent, token: Token): Named | null {
  const told = nativeOf(event.value);
  const amount = isObject(told) ? told.amount : told;
  if (typeof amount !== 'bigint') return null;
  const name = nameOf(event);
  if (name === 'clawback') return { name, data: { amount } };
  const from = name === 'mint' ? minterOf(token) : nativeOf(event.topics[1]);
  return typeof from === 'string' ? { name: 'deposit', data: { from, amount } } : null;
}

/** Who makes new units of a token: the issuer of an asset, or the token's contract itself. */
const minterOf = ({ asset, address }: Token): string => asset?.split(':')[1] ?? address;

/** The milestones that an event is about, in order. */
function milestonesOf(data: Record<string, unknown>): number[] {
  const lists = ['milestones', 'voted', 'updates', 'rulings', 'edit', 'settled'];
  const found = lists.flatMap((list) => (Array.isArray(data[list]) ? data[list] : []).map(numberOf));
  const all = [...found, data.milestone].filter((one) => typeof one === 'number');
  return [...new Set(all)].sort((a, b) => a - b);
}

function numberOf(item: unknown): unknown {
  if (Array.isArray(item)) return item[0];
  if (typeof item === 'object' && item !== null && 'milestone' in item) return item.milestone;
  return item;
}
