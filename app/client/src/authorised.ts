// What an authorisation may say: the call that it goes with, and nothing beside it.

import { inspectAuthEntry, xdr } from '@stellar/stellar-sdk/base';
import { contractOf } from './address.js';
import { failure } from './problem.js';

/**
 * Refuses authorisations of anything but this call, and of one address twice. A token that an escrow calls
 * could ask for more of who signs, and simulation takes all that is asked for into what is signed.
 */
export function checkJust(
  passphrase: string,
  func: xdr.HostFunction,
  auth: xdr.SorobanAuthorizationEntry[],
  beneath?: xdr.InvokeContractArgs,
): void {
  const invocations = invocationsOf(passphrase, func, beneath);
  const expected = new Set(invocations.map((one) => one.toXdr('base64')));
  const addresses = auth.flatMap((entry) => inspectAuthEntry(entry).address ?? []);
  if (
    new Set(addresses).size === addresses.length &&
    auth.every(({ rootInvocation }) => expected.has(rootInvocation.toXdr('base64')))
  ) {
    return;
  }
  throw failure(
    'input',
    'The signature that this asks for is for something else than the call that it shows.',
    'Do not sign it anywhere: whoever made this, or the token that it is about, may want to deceive you.',
  );
}

/** What those who have to sign for a call are asked for: the call, and what is known to be beneath it. */
function invocationsOf(
  passphrase: string,
  func: xdr.HostFunction,
  beneath?: xdr.InvokeContractArgs,
): xdr.SorobanAuthorizedInvocation[] {
  if (func.type === 'hostFunctionTypeInvokeContract') {
    const moved = beneath ? [called(func.value, [called(beneath)])] : [];
    return [called(func.value), ...moved];
  }
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

const called = (
  call: xdr.InvokeContractArgs,
  subInvocations?: xdr.SorobanAuthorizedInvocation[],
): xdr.SorobanAuthorizedInvocation =>
  invocation(
    xdr.SorobanAuthorizedFunction.sorobanAuthorizedFunctionTypeContractFn(call),
    subInvocations,
  );

const invocation = (
  authorised: xdr.SorobanAuthorizedFunction,
  subInvocations: xdr.SorobanAuthorizedInvocation[] = [],
): xdr.SorobanAuthorizedInvocation =>
  new xdr.SorobanAuthorizedInvocation({ function: authorised, subInvocations });
