import type { Rule, Scene } from './actions.js';
import { formatSum } from './amounts.js';
import type { Method } from './calls.js';
import { claimableBy, grossOf, seatsOf } from './model.js';

const sum = ({ state }: Scene, units: bigint) => formatSum(units, state.token);
const isThe = (role: 'payer' | 'admin') => (scene: Scene) =>
  scene.state.escrow.terms.roles[role] === scene.address;
/** What is here and needed by nothing; nothing, as far as that cannot be known. */
const unreserved = ({ state }: Scene) => state.balances?.unreserved ?? 0n;

/** What it takes to fund all that is not funded. */
function missing({ state }: Scene): bigint {
  const { totals } = state.escrow;
  return totals.gross - totals.deposited;
}

/** What it takes to fund the next milestone. */
const next = ({ state }: Scene): bigint => (state.next ? grossOf(state.next) : 0n);

/** A receiver hands a milestone over with `redirect` instead. */
const holdsSeat = ({ state, address }: Scene): boolean =>
  address !== null && seatsOf(state, address).some((seat) => seat !== 'receiver');

const unfunded = (scene: Scene) =>
  missing(scene) === 0n ? 'All milestones are funded already.' : null;

/** The entry points that are about the escrow as a whole. */
export const ESCROW_RULES: Partial<Record<Method, Rule<Scene>>> = {
  fund: {
    by: () => 'the payer',
    may: isThe('payer'),
    obstacle: unfunded,
    does: (scene) => `Locks up to ${sum(scene, missing(scene))}, milestone after milestone.`,
  },
  count_deposit: {
    by: () => 'the payer',
    may: isThe('payer'),
    obstacle: (scene) => {
      const short = next(scene) - unreserved(scene);
      return (
        unfunded(scene) ??
        (short > 0n ? `${sum(scene, short)} more needed at the escrow’s address.` : null)
      );
    },
    does: (scene) => `Funds milestones from the ${sum(scene, unreserved(scene))} that were sent here.`,
  },
  claim: {
    by: () => 'anybody, for the owner',
    may: () => true,
    concerns: ({ state, address }) => address !== null && claimableBy(state, address).amount > 0n,
    obstacle: ({ state }) =>
      state.escrow.totals.credited > 0n ? null : 'Nothing waits to be claimed.',
    does: (scene) => {
      const { state, address } = scene;
      const own = address === null ? 0n : claimableBy(state, address).amount;
      return own > 0n
        ? `Pays you ${sum(scene, own)}.`
        : `Pays ${sum(scene, state.escrow.totals.credited)} to whom they belong.`;
    },
  },
  withdraw: {
    by: () => 'the payer',
    may: isThe('payer'),
    // What other tokens were sent here is not known before one is named.
    obstacle: () => null,
    does: (scene) =>
      unreserved(scene) > 0n
        ? `Takes out ${sum(scene, unreserved(scene))} that no milestone needs.`
        : `Takes out another token, if one was sent here: no ${scene.state.token.symbol} is here that is not needed.`,
  },
  update: {
    by: () => 'the admin',
    may: isThe('admin'),
    obstacle: ({ state: { escrow } }) => {
      const held = escrow.totals.funded - escrow.totals.settled;
      if (held === 0) return null;
      const some = held === 1 ? '1 milestone is' : `${held} milestones are`;
      return `${some} funded and not settled: terms can only be changed while none is.`;
    },
    does: () => 'Replaces texts, role lists and policy.',
  },
  manage_milestones: {
    by: () => 'the admin',
    may: isThe('admin'),
    obstacle: () => null,
    does: () => 'Removes, edits and adds milestones: only such as are not funded.',
  },
  rotate: {
    by: () => 'who holds a seat or gets it',
    // Either side can send it: the other signs as well.
    may: () => true,
    concerns: holdsSeat,
    obstacle: () => null,
    does: (scene) =>
      holdsSeat(scene)
        ? 'Hands a seat over, with its votes and credits. The other side signs as well.'
        : 'Takes a seat over, with its votes and credits. Who holds it signs as well.',
  },
  extend_ttl: {
    by: () => 'the admin',
    may: isThe('admin'),
    obstacle: () => null,
    does: () => 'Pays rent ahead. Nearly all of it is for the code, which all escrows share.',
  },
};
