import { xdr } from '@stellar/stellar-sdk/base';
import type { Ledger } from './model.js';
import { ledgerOf, retention } from './network.js';
import { ask, nonsense, understand, type Network } from './rpc.js';

/** An event of a contract. */
export interface RawEvent {
  id: string;
  contract: string;
  ledger: number;
  /** When the ledger closed, as ISO 8601 in UTC. */
  time: string;
  transaction: string;
  topics: xdr.ScVal[];
  value: xdr.ScVal;
}

/** Which events to look for; a topic of null is any. */
export interface EventFilter {
  contracts?: string[];
  topics?: (xdr.ScVal | null)[][];
}

/** Events, and the ledgers that were looked through: from one to the latest. */
export interface Events {
  events: RawEvent[];
  from: number;
  latest: Ledger;
}

const PAGE = 1_000;

interface Answer {
  events?: {
    id: string;
    contractId: string;
    ledger: number;
    ledgerClosedAt: string;
    txHash: string;
    topic: string[];
    value: string;
    inSuccessfulContractCall?: boolean;
  }[];
  cursor: string;
  latestLedger: number;
  latestLedgerCloseTime: string;
}

/** Reads events from the oldest ledger that the server has, or from a later one, oldest first. */
export async function readEvents(
  network: Network,
  filters: EventFilter[],
  from = 0,
): Promise<Events> {
  const { oldest } = await retention(network);
  const start = Math.max(oldest, from);
  const events: RawEvent[] = [];
  const asked = filters.map(({ contracts, topics }) => ({
    type: 'contract',
    ...(contracts && { contractIds: contracts }),
    ...(topics && { topics: topics.map((row) => row.map((one) => one?.toXdr('base64') ?? '*')) }),
  }));
  let cursor: string | undefined;
  for (;;) {
    const pagination = { limit: PAGE, ...(cursor && { cursor }) };
    const where = cursor ? {} : { startLedger: start };
    const answer = await ask<Answer>(network, 'getEvents', { ...where, filters: asked, pagination });
    const page = answer.events ?? [];
    events.push(...understand('getEvents', () => page.map(eventOf)));
    const latest = ledgerOf('getEvents', answer.latestLedger, answer.latestLedgerCloseTime);
    const reached = understand('getEvents', () => ledgerIn(answer.cursor));
    if (page.length < PAGE && reached >= latest.sequence) return { events, from: start, latest };
    // A server that does not go on would be asked for ever.
    if (answer.cursor === cursor) throw nonsense('getEvents', 'its cursor does not move');
    cursor = answer.cursor;
  }
}

function eventOf(raw: NonNullable<Answer['events']>[number]): RawEvent {
  return {
    id: raw.id,
    contract: raw.contractId,
    ledger: raw.ledger,
    time: raw.ledgerClosedAt,
    transaction: raw.txHash,
    topics: raw.topic.map((topic) => xdr.ScVal.fromXdr(topic, 'base64')),
    value: xdr.ScVal.fromXdr(raw.value, 'base64'),
  };
}

/** The ledger in which a cursor stands: its first number has the ledger in the upper half. */
const ledgerIn = (cursor: string): number => Number(BigInt(cursor.split('-')[0] ?? '') >> 32n);
