import { isAddress, type Network } from 'tranche-client';
import { isTexts, keep, recall } from '../memory.ts';
import { store } from '../store.ts';

/** Moves whenever an escrow is remembered or forgotten. */
export const knownChanged = store(0);

const nameFor = ({ passphrase }: Network): string => `known.${passphrase}`;
const forgottenFor = ({ passphrase }: Network): string => `forgotten.${passphrase}`;

/** The escrows that this browser has seen on a network, the latest first. */
export const known = (network: Network): string[] =>
  (recall(nameFor(network), isTexts) ?? []).filter((id) => isAddress(id) && id.startsWith('C'));

/** Those that were forgotten: they are found again by their events, and not shown. */
export const forgotten = (network: Network): string[] =>
  recall(forgottenFor(network), isTexts) ?? [];

/** Remembers an escrow. */
export function remember(network: Network, id: string): void {
  const before = known(network);
  if (before.includes(id)) return;
  keep(nameFor(network), [id, ...before]);
  keep(forgottenFor(network), without(forgotten(network), id));
  knownChanged.set(knownChanged.get() + 1);
}

/** Does not show a contract in the list any more, unless it is remembered anew. */
export function forgetEscrow(network: Network, id: string): void {
  keep(nameFor(network), without(known(network), id));
  keep(forgottenFor(network), [id, ...without(forgotten(network), id)]);
  knownChanged.set(knownChanged.get() + 1);
}

const without = (ids: string[], id: string): string[] => ids.filter((other) => other !== id);
