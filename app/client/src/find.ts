import { xdr } from '@stellar/stellar-sdk/base';
import { addressValue } from './address.js';
import { readEvents } from './events.js';
import type { Ledger } from './model.js';
import type { Network } from './rpc.js';

/** Contracts in which an address has, or had, a seat. */
export interface Found {
  /** The latest first. Anybody can emit such an event: what they are shows when they are read. */
  ids: string[];
  /** The ledgers that the server could look through; what lies before it has forgotten. */
  from: number;
  latest: Ledger;
}

/** Finds the escrows of an address by their `seat` events, as far back as the server has events. */
export async function findEscrows(network: Network, address: string): Promise<Found> {
  const topics = [[xdr.ScVal.scvSymbol('seat'), addressValue(address)]];
  const { events, from, latest } = await readEvents(network, [{ topics }]);
  const ids = new Set(events.map(({ contract }) => contract).reverse());
  return { ids: [...ids], from, latest };
}
