import { Address, Asset, hash, nativeToScVal, StrKey, xdr } from '@stellar/stellar-sdk/base';
import { failure } from './problem.js';

/** What is wrong with an address, or null: accounts (G…) and contracts (C…) are addresses. */
export function addressProblem(text: string): string | null {
  if (StrKey.isValidEd25519PublicKey(text) || StrKey.isValidContract(text)) return null;
  if (text === '') return 'An address is missing.';
  if (/^S[A-Z2-7]{55}$/.test(text)) return 'This is a secret key. Never give it to anybody.';
  if (/^M[A-Z2-7]{68}$/.test(text)) {
    return 'This is a muxed address (M…). Use the account (G…) that it belongs to.';
  }
  if (!/^[GC]/.test(text)) return 'An address begins with G (an account) or C (a contract).';
  if (text.length !== 56) return `An address has 56 characters, and this has ${text.length}.`;
  return 'One of its characters is wrong: copy the address again.';
}

/** Whether this is the address of an account or a contract. */
export const isAddress = (text: string): boolean => addressProblem(text) === null;

/** Whether this is the address of a contract. */
export const isContract = (text: string): boolean => StrKey.isValidContract(text);

/** The salt of an escrow's address: one escrow for each engagement of a deployer. */
export const saltOf = (deployer: string, engagementId: string): Uint8Array =>
  hash(new TextEncoder().encode(`tranche${deployer}${engagementId}`));

/** Where the escrow of this deployer and engagement is, or will be. */
export function escrowAddress(passphrase: string, deployer: string, engagementId: string): string {
  const problem = addressProblem(deployer);
  if (problem) throw failure('input', `The deployer: ${problem}`, 'Correct the address.');
  return contractOf(passphrase, deployment(deployer, engagementId)).toString();
}

/** The contract that a network makes of this. */
export function contractOf(passphrase: string, contractIdPreimage: xdr.ContractIdPreimage): Address {
  const networkId = hash(new TextEncoder().encode(passphrase));
  const preimage = xdr.HashIdPreimage.envelopeTypeContractId(
    new xdr.HashIdPreimageContractId({ networkId, contractIdPreimage }),
  );
  return Address.contract(hash(preimage.toXdr()));
}

/** What the network makes an escrow's address from. */
export const deployment = (deployer: string, engagementId: string): xdr.ContractIdPreimage =>
  xdr.ContractIdPreimage.contractIdPreimageFromAddress(
    new xdr.ContractIdPreimageFromAddress({
      address: Address.fromString(deployer).toScAddress(),
      salt: saltOf(deployer, engagementId),
    }),
  );

/** The contract of a token, given as its address, `native` or `CODE:ISSUER`. */
export function tokenAddress(passphrase: string, token: string): string {
  if (isContract(token)) return token;
  const asset = assetOf(token);
  if (asset) return asset.contractId(passphrase);
  throw failure(
    'input',
    `${JSON.stringify(token)} is no token.`,
    'Name the contract of a token (C…), native, or CODE:ISSUER.',
  );
}

/** The Stellar asset that `native` or `CODE:ISSUER` names; null for anything else. */
export function assetOf(text: string): Asset | null {
  if (text === 'native') return Asset.native();
  const [code, issuer, ...more] = text.split(':');
  const right = code && /^[A-Za-z0-9]{1,12}$/.test(code) && issuer && more.length === 0;
  return right && StrKey.isValidEd25519PublicKey(issuer) ? new Asset(code, issuer) : null;
}

/** An address as an argument of a contract. */
export const addressValue = (address: string): xdr.ScVal =>
  nativeToScVal(address, { type: 'address' });
