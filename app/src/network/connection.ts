import { connect, problemOf, type Network, type Problem } from 'tranche-client';
import { store } from '../store.ts';
import { endpoint } from './endpoint.ts';

/** How the page stands with its RPC server. */
export type Connection =
  | { state: 'connecting' }
  | { state: 'connected'; network: Network }
  | { state: 'failed'; problem: Problem };

/** How it stands now. */
export const connection = store<Connection>({ state: 'connecting' });

/** Asks the server for its network; what comes of it stands in `connection`. */
export async function reach(): Promise<void> {
  connection.set({ state: 'connecting' });
  try {
    connection.set({ state: 'connected', network: await connect(endpoint) });
  } catch (caught) {
    connection.set({ state: 'failed', problem: problemOf(caught) });
  }
}

const NAMES: Record<string, string> = {
  'Public Global Stellar Network ; September 2015': 'Mainnet',
  'Test SDF Network ; September 2015': 'Testnet',
  'Test SDF Future Network ; October 2022': 'Futurenet',
  'Standalone Network ; February 2017': 'Localnet',
};

/** What people call the network of this passphrase. */
export const networkName = (passphrase: string): string => NAMES[passphrase] ?? passphrase;
