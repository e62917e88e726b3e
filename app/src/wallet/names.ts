import { store } from '../store.ts';

/** Names of addresses that the page knows: localnet's test accounts. */
export const names = store<ReadonlyMap<string, string>>(new Map());

/** The name of an address, if it has one here. */
export const nameOf = (address: string): string | undefined => names.get().get(address);
