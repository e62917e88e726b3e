import { seatsOf, type Action, type EscrowState, type Seat } from 'tranche-client';
import { turnsOf } from '../escrow/turns.ts';
import { titleOf } from '../escrow/words.ts';

/** An escrow as the list shows it. */
export interface Row {
  state: EscrowState;
  seats: Seat[];
  /** What waits for who looks. */
  turns: Action[];
  /** Somebody wants who looks to pay, who has not shown yet to know of it. */
  unasked: boolean;
}

/**
 * The escrows as somebody sees them; anybody sees them without seats. Naming a payer takes no consent:
 * to fund is a turn only in escrows that this browser knows, or that were funded before.
 */
export const rowsOf = (
  escrows: EscrowState[],
  me: string | undefined,
  now: bigint,
  remembered: readonly string[],
): Row[] =>
  escrows.map((state) => {
    const turns = me ? turnsOf(state, me, now) : [];
    const agreed = state.escrow.totals.funded > 0 || remembered.includes(state.id);
    const taken = turns.filter(({ method }) => method !== 'fund' || agreed);
    return {
      state,
      seats: me ? seatsOf(state, me) : [],
      turns: taken,
      unasked: taken.length < turns.length,
    };
  });

export const ORDERS = [
  ['waiting', 'Waiting for me first'],
  ['amount', 'Largest amount first'],
  ['open', 'Most reserved first'],
  ['title', 'By title'],
] as const;

/** What the list is ordered by. */
export type Order = (typeof ORDERS)[number][0];

/** How the list is narrowed. */
export interface Filter {
  text: string;
  role: Seat | undefined;
  stands: string;
  order: Order;
}

/** The seat that a link's role names, such as `release_signer`. */
export const seatOfLink = (role: string | undefined): string | undefined =>
  role?.replaceAll('_', ' ');

/** How a link names a seat. */
export const linkOfSeat = (seat: Seat): string => seat.replaceAll(' ', '_');

/** The rows that a filter leaves, in its order. */
export function narrowed(rows: Row[], { text, role, stands, order }: Filter): Row[] {
  const wanted = text.trim().toLowerCase();
  const fits = ({ state, seats }: Row): boolean => {
    const { engagement_id } = state.escrow.terms;
    const words = [titleOf(state), engagement_id, state.id].join('\n').toLowerCase();
    return (
      words.includes(wanted) &&
      (role === undefined || seats.includes(role)) &&
      (stands === '' || state.escrow.state.tag === stands)
    );
  };
  return rows.filter(fits).sort(COMPARE[order]);
}

const down = (a: bigint, b: bigint): number => (a < b ? 1 : a > b ? -1 : 0);

const byTitle = (a: Row, b: Row): number => titleOf(a.state).localeCompare(titleOf(b.state));

const COMPARE: Record<Order, (a: Row, b: Row) => number> = {
  waiting: (a, b) => b.turns.length - a.turns.length || byTitle(a, b),
  amount: (a, b) => down(a.state.escrow.totals.gross, b.state.escrow.totals.gross),
  open: (a, b) => down(a.state.escrow.totals.reserved, b.state.escrow.totals.reserved),
  title: byTitle,
};
