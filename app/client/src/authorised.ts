// What an authorisation may say: the call that it goes with, and nothing beside it.

import { inspectAuthEntry, xdr } from '@stellar/stellar-sdk/base';
import { contractOf } from './address.js';

/** Whether each of these authorises just this call, and none is asked of an address twice. */
export function isJust(
  passphrase: string,
  func: xdr.HostFunction,
  auth: xdr.SorobanAuthorizationEntry[],
): boolean {
  const expected = new Set(invocationsOf(passphrase, func).map((one) => one.toXdr('base64')));
  const addresses = auth.flatMap((entry) => inspectAuthEntry(entry).address ?? []);
  return (
    new Set(addresses).size === addresses.length &&
    auth.every(({ rootInvocation }) => expected.has(rootInvocation.toXdr('base64')))
  );
}

/** What those who have to sign for a call are asked for; nothing deeper than the call itself. */
function invocationsOf(
  passphrase: string,
  func: xdr.HostFunction,
): xdr.SorobanAuthorizedInvocation[] {
  if (func.type === 'hostFunctionTypeInvokeContract') return [called(func.value)];
  if (func.type !== 'hostFunctionTypeCreateContractV2') return [];
  // The deployer signs for the creation, the admin for the constructor, and who is both for both.
  const constructed = called(
    new xdr.InvokeContractArgs({
      contractAddress: contractOf(passphrase, func.value.contractIdPreimage).toScAddress(),
      functionName: '__constructor',
      args: func.value.constructorArgs,
    }),
  );
  const created = xdr.SorobanAuthorizedFunction.sorobanAuthorizedFunctionTypeCreateContractV2HostFn(
    func.value,
  );
  return [constructed, invocation(created), invocation(created, [constructed])];
}

const called = (call: xdr.InvokeContractArgs): xdr.SorobanAuthorizedInvocation =>
  invocation(xdr.SorobanAuthorizedFunction.sorobanAuthorizedFunctionTypeContractFn(call));

const invocation = (
  authorised: xdr.SorobanAuthorizedFunction,
  subInvocations: xdr.SorobanAuthorizedInvocation[] = [],
): xdr.SorobanAuthorizedInvocation =>
  new xdr.SorobanAuthorizedInvocation({ function: authorised, subInvocations });
