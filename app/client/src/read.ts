import { complete, nextOf, open, type Assembled, type Page } from './assemble.js';
import { KEYS_PER_REQUEST } from './entries.js';
import type { Milestone, Totals } from './generated/types.js';
import type { EscrowState, Ledger } from './model.js';
import { latestLedger } from './network.js';
import { failure } from './problem.js';
import type { Network } from './rpc.js';

/** Many escrows, and what was asked for and is none. */
export interface Escrows extends Assembled {
  ledger: Ledger;
}

/** How many escrows are read together: the first request asks for two keys of each. */
const TOGETHER = KEYS_PER_REQUEST / 2;
/** How many requests may follow the first, for balances, tokens and milestones. */
const FURTHER_REQUESTS = 2;

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
  const chunks: Promise<Assembled>[] = [];
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
): Promise<Assembled> {
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

/**
 * Reads one escrow with a page of its milestones, which can follow from its totals; with all of them,
 * where no page is named.
 */
export async function readEscrow(
  network: Network,
  id: string,
  page: Page | ((totals: Totals) => Page) = { start: 0, limit: Number.POSITIVE_INFINITY },
): Promise<EscrowState> {
  const [ledger, { opened, others, entries }] = await Promise.all([
    latestLedger(network),
    open(network, [id]),
  ]);
  const pages = opened.map(({ books: { totals } }) =>
    typeof page === 'function' ? page(totals) : page,
  );
  const read = await complete(network, opened, pages, entries, ledger);
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
