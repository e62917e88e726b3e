import type { Ledger } from './model.js';
import { ask, nonsense, type Network } from './rpc.js';

/** Asks a server which network it is of. */
export async function connect(rpcUrl: string): Promise<Network> {
  const { passphrase } = await ask<{ passphrase?: unknown }>({ rpcUrl }, 'getNetwork');
  if (typeof passphrase !== 'string') throw nonsense('getNetwork');
  return { rpcUrl, passphrase };
}

/** The latest ledger, whose time is the network's. */
export async function latestLedger(network: Network): Promise<Ledger> {
  const { sequence, closeTime } = await ask<{ sequence: number; closeTime: string }>(
    network,
    'getLatestLedger',
  );
  return ledgerOf('getLatestLedger', sequence, closeTime);
}

/** A ledger as a server tells of it. */
export function ledgerOf(method: string, sequence: number, closeTime: string): Ledger {
  if (!Number.isSafeInteger(sequence) || !/^\d+$/.test(closeTime)) throw nonsense(method);
  return { sequence, time: BigInt(closeTime) };
}

/** The ledgers that the server still has. */
export async function retention(network: Network): Promise<{ oldest: number; latest: number }> {
  const { oldestLedger: oldest, latestLedger: latest } = await ask<{
    oldestLedger: number;
    latestLedger: number;
  }>(network, 'getHealth');
  if (!Number.isSafeInteger(oldest) || !Number.isSafeInteger(latest)) throw nonsense('getHealth');
  return { oldest, latest };
}
