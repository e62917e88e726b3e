import { scValToNative, xdr } from '@stellar/stellar-sdk/base';
import { addressProblem, assetOf, isContract } from './address.js';
import { accountId, accountKey, readEntries, type Entries } from './entries.js';
import type { Token } from './model.js';
import type { Network } from './rpc.js';
import { balanceKey } from './token.js';

const AUTHORIZED = 1;

/** Why an address could not be paid a token if it were now; null where nothing speaks against it. */
export async function cannotReceive(
  network: Network,
  token: Token,
  addresses: string[],
): Promise<Map<string, string | null>> {
  const right = [...new Set(addresses)].filter((address) => addressProblem(address) === null);
  const keys = right.map((address) => holdingKey(token, address)).filter((key) => key !== null);
  const entries = await readEntries(network, keys);
  const told = right.map((address) => [address, why(entries, token, address)] as const);
  const wrong = addresses.filter((address) => !right.includes(address));
  return new Map([...told, ...wrong.map((address) => [address, addressProblem(address)] as const)]);
}

/** Under which key it stands what an address has of a token; null where it cannot be known. */
function holdingKey(token: Token, address: string): xdr.LedgerKey | null {
  const asset = token.asset === null ? null : assetOf(token.asset);
  if (!asset) return null;
  if (isContract(address)) return balanceKey(token.address, address);
  if (asset.isNative() || asset.getIssuer() === address) return accountKey(address);
  return xdr.LedgerKey.trustline(
    new xdr.LedgerKeyTrustLine({
      accountId: accountId(address),
      asset: asset.toTrustLineXdrObject(),
    }),
  );
}

function why(entries: Entries, token: Token, address: string): string | null {
  const key = holdingKey(token, address);
  if (!key) return null;
  const data = entries.get(key)?.data;
  switch (key.type) {
    case 'account':
      return data ? null : 'This account does not exist yet: somebody has to send it XLM first.';
    case 'trustline':
      if (data?.type !== 'trustline') {
        return `This account has no trustline for ${token.symbol}: it cannot be paid until it adds one.`;
      }
      if ((data.value.flags & AUTHORIZED) === 0) {
        return `The issuer of ${token.symbol} does not let this account hold it.`;
      }
      return data.value.balance < data.value.limit
        ? null
        : `This account's trustline for ${token.symbol} is full.`;
    default:
      return isFrozen(data)
        ? `The issuer of ${token.symbol} does not let this contract hold it.`
        : null;
  }
}

function isFrozen(data: xdr.LedgerEntryData | undefined): boolean {
  if (data?.type !== 'contractData') return false;
  const told = scValToNative(data.value.val) as { authorized?: unknown } | null;
  return told?.authorized === false;
}
