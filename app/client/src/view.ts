import { Account, Contract, TransactionBuilder, xdr } from '@stellar/stellar-sdk/base';
import { ask, understand, type Network } from './rpc.js';

/** Nobody's account: a view needs a source, and nobody to sign. */
const NOBODY = 'GAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAWHF';

/** What a contract's view returns; null where it refuses, or is not there. */
export async function view(
  network: Network,
  contract: string,
  method: string,
  args: xdr.ScVal[],
): Promise<xdr.ScVal | null> {
  const transaction = new TransactionBuilder(new Account(NOBODY, '0'), {
    fee: '100',
    networkPassphrase: network.passphrase,
  })
    .addOperation(new Contract(contract).call(method, ...args))
    .setTimeout(0)
    .build();
  const { results } = await ask<{ results?: { xdr: string }[] }>(network, 'simulateTransaction', {
    transaction: transaction.toXdr(),
  });
  const result = results?.[0]?.xdr;
  return result === undefined
    ? null
    : understand('simulateTransaction', () => xdr.ScVal.fromXdr(result, 'base64'));
}
