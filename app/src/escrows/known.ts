import { isAddress, type Network } from 'tranche-client';
import { isTexts, keep, recall } from '../memory.ts';
import { store } from '../store.ts';

/** Moves whenever an escrow is remembered or forgotten. */
export const knownChanged = store(0);

const nameFor = ({ passphrase }: Network): string => `known.${passphrase}`;

/** The escrows that this browser has seen on a network, the latest first. */
export const known = (network: Network): string[] =>
  (recall(nameFor(network), isTexts) ?? []).filter((id) => isAddress(id) && id.startsWith('C'));

/** Remembers an escrow. */
export function remember(network: Network, id: string): void {
  const before = known(network);
  if (before.includes(id)) return;
  keep(nameFor(network), [id, ...before]);
  knownChanged.set(knownChanged.get() + 1);
}

/** Does not show an escrow in the list any more, unless one holds a seat in it. */
export function forgetEscrow(network: Network, id: string): void {
  keep(
    nameFor(network),
    known(network).filter((other) => other !== id),
  );
  knownChanged.set(knownChanged.get() + 1);
}
