import { Address, type xdr } from '@stellar/stellar-sdk/base';
import { deployment, escrowAddress } from './address.js';
import { versionOf } from './builds.js';
import type { Draft } from './draft.js';
import { wasmHashOf } from './entries.js';
import { spec } from './generated/spec.js';
import { transactionOf } from './prepare.js';
import { failure } from './problem.js';
import type { Network } from './rpc.js';

/** An escrow that is to be created: all that those who sign for it agree to. */
export interface AskedCreation {
  /** Where it will be. */
  id: string;
  draft: Draft;
  /** What the amounts of its milestones have to come to. */
  total: bigint;
}

/**
 * Reads a creation that was handed over. What is not wholly understood is refused: other code than the
 * known versions', another address than the engagement's, arguments that say more than is read.
 */
export function readCreation(network: Network, text: string): AskedCreation {
  const operation = operationIn(network, text);
  if (operation?.type !== 'invokeHostFunction') throw unknown();
  if (operation.func.type !== 'hostFunctionTypeCreateContractV2') throw unknown();
  const { contractIdPreimage, executable, constructorArgs } = operation.func.value;
  const hash = wasmHashOf(executable);
  if (hash === null || versionOf(hash) === null) throw unknown();
  const asked = argumentsOf(constructorArgs);
  const deployer = deployerOf(contractIdPreimage);
  const { engagement_id } = asked.terms;
  if (!same(contractIdPreimage, deployment(deployer, engagement_id))) throw unknown();
  const { terms, milestones, total } = asked;
  return {
    id: escrowAddress(network.passphrase, deployer, engagement_id),
    draft: { terms, milestones },
    total,
  };
}

function operationIn(network: Network, text: string) {
  try {
    return transactionOf(text.replace(/\s/g, ''), network.passphrase).operations[0];
  } catch {
    throw unknown();
  }
}

function argumentsOf(given: xdr.ScVal[]): Draft & { total: bigint } {
  try {
    const read = spec.getFunc('__constructor').inputs.map(({ type }, at) => {
      const value = given[at];
      if (!value) throw new TypeError('too few arguments');
      return spec.scValToNative<unknown>(value, type);
    });
    const [terms, milestones, total] = read as [Draft['terms'], Draft['milestones'], bigint];
    const asked = { terms, milestones, total };
    const written = spec.funcArgsToScVals('__constructor', asked);
    const all = written.length === given.length;
    if (all && written.every((value, at) => same(value, given[at]))) return asked;
  } catch {
    // What cannot be read is not understood.
  }
  throw unknown();
}

function deployerOf(preimage: xdr.ContractIdPreimage): string {
  if (preimage.type !== 'contractIdPreimageFromAddress') throw unknown();
  return Address.fromScAddress(preimage.value.address).toString();
}

const same = (one: xdr.ScVal | xdr.ContractIdPreimage, other: typeof one | undefined): boolean =>
  one.toXdr('base64') === other?.toXdr('base64');

const unknown = () =>
  failure(
    'input',
    'This creates a contract that is not an escrow as it is known here, and so it is not to be signed.',
    'Ask who gave it to you what it is. Nothing was signed.',
  );
