import { plainAmount } from './amounts.js';
import type { Settled } from './generated/types.js';
import type { History, HistoryRow } from './history.js';
import type { EscrowState, Token } from './model.js';

/** One movement of an escrow's money. */
export interface Receipt {
  ledger: number;
  /** When the ledger closed, as ISO 8601 in UTC. */
  time: string;
  transaction: string;
  /** The event that tells it. */
  event: string;
  milestone: number | null;
  from: string;
  to: string;
  amount: bigint;
  /** What it was: `Funding`, `Payout`, `Refund`, `Fees`, `Claim`, `Withdrawal`, `Deposit`, `Clawback`. */
  what: string;
}

/** A part of what an event tells: from where to where. */
type Movement = Pick<Receipt, 'milestone' | 'from' | 'to' | 'amount' | 'what'>;

/** What a `credited` event says was not paid, by transaction, owner and milestone. */
type Unpaid = ReadonlySet<string>;

/**
 * Every movement of money, from events alone, oldest first. What could not be paid is none until it
 * is claimed, nor is a fee. What comes in less what goes out is what the escrow holds.
 */
export function receiptsOf({ rows }: History, state: EscrowState): Receipt[] {
  const unpaid = new Set(rows.flatMap(unpaidOf));
  const payers = payersOf(rows, state);
  return rows.flatMap((row, i) => {
    const { ledger, time, transaction, event } = row;
    const moved = movementsOf(row, state, payers[i] ?? '', unpaid);
    return moved
      .filter(({ amount }) => amount > 0n)
      .map((movement) => ({ ledger, time, transaction, event, ...movement }));
  });
}

function movementsOf(
  { event, who, data, transaction }: HistoryRow,
  { id, escrow }: EscrowState,
  payer: string,
  unpaid: Unpaid,
): Movement[] {
  const amount = typeof data.amount === 'bigint' ? data.amount : 0n;
  const one = (what: string, from: string, to: string, units = amount): Movement[] => [
    { milestone: null, from, to, amount: units, what },
  ];
  switch (event) {
    case 'funded':
      return one('Funding', who, id);
    case 'deposit':
      return one('Deposit', who, id);
    case 'clawback':
      return one('Clawback', id, '');
    case 'withdrawn':
      return data.token === escrow.terms.token ? one('Withdrawal', id, who) : [];
    case 'claimed': {
      const fees = typeof data.fees === 'bigint' ? data.fees : 0n;
      const to = String(data.to);
      return [...one('Fees', id, to, fees), ...one('Claim', id, to, amount - fees)];
    }
    default: {
      const settled = (Array.isArray(data.settled) ? data.settled : []) as Settled[];
      return settled.flatMap(([milestone, receiver, toReceiver, , toPayer]) => {
        const sides: [string, string, bigint][] = [
          ['Payout', receiver, toReceiver],
          ['Refund', payer, toPayer],
        ];
        return sides
          .filter(([, to]) => !unpaid.has(unpaidKey(transaction, to, milestone)))
          .map(([what, to, units]) => ({ milestone, from: id, to, amount: units, what }));
      });
    }
  }
}

/** Who was the payer when each of these happened: seats change hands. */
function payersOf(rows: HistoryRow[], { escrow }: EscrowState): string[] {
  let payer = escrow.terms.roles.payer;
  const backwards = [...rows].reverse().map((row) => {
    const then = payer;
    if (row.event === 'rotated' && row.data.role === 'Payer') payer = row.who;
    return then;
  });
  return backwards.reverse();
}

function unpaidOf({ event, data, who, transaction }: HistoryRow): string[] {
  if (event !== 'credited' || !Array.isArray(data.milestones)) return [];
  return data.milestones.map((milestone) => unpaidKey(transaction, who, Number(milestone)));
}

const unpaidKey = (transaction: string, owner: string, milestone: number): string =>
  `${transaction} ${owner} ${milestone}`;

const COLUMNS = [
  'ledger',
  'closed_at',
  'transaction',
  'event',
  'what',
  'milestone',
  'from',
  'to',
  'amount',
  'token',
  'token_contract',
];

/** Receipts as CSV (RFC 4180), with a header; amounts are exact decimal numbers. */
export function receiptsCsv(receipts: Receipt[], token: Token): string {
  const rows = receipts.map((one) => [
    String(one.ledger),
    one.time,
    one.transaction,
    one.event,
    one.what,
    one.milestone === null ? '' : String(one.milestone),
    one.from,
    one.to,
    plainAmount(one.amount, token.decimals),
    token.symbol,
    token.address,
  ]);
  return [COLUMNS, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** A cell; one that a spreadsheet would reckon out is made plain text. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
