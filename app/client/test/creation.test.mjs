// A creation that is handed over: read whole, or refused.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nativeToScVal, TransactionBuilder, xdr } from '@stellar/stellar-sdk';
import * as tranche from 'tranche-client';
import { milestone, ONE, start } from './localnet.mjs';

const net = await start();
const { network, address } = net;
await net.upload();

const document = new Uint8Array(32).fill(7);
const draft = net.draft('asked', {
  terms: { document },
  milestones: [
    milestone('Walls', 3n * ONE, { document, receiver: address.receiver, due: 4_000_000_000n }),
    milestone('Roof', ONE),
  ],
});
const prepared = await tranche.prepareDeploy(network, address.stranger, draft);
const text = tranche.handOver(prepared);

test('a creation that is handed over is read with all of its terms', () => {
  assert.deepEqual(tranche.readCreation(network, text), { id: prepared.id, draft, total: 4n * ONE });
});

/** The same text, with something else in what is created. */
function changed(change) {
  const envelope = TransactionBuilder.fromXdr(text, network.passphrase).toEnvelope();
  const { hostFunction } = envelope.value.tx.operations[0].body.value;
  const { contractIdPreimage, executable, constructorArgs } = hostFunction.value;
  const same = { contractIdPreimage, executable, constructorArgs };
  const other = new xdr.CreateContractArgsV2({ ...same, ...change(same) });
  envelope.value.tx.operations[0].body.value.hostFunction =
    xdr.HostFunction.hostFunctionTypeCreateContractV2(other);
  return envelope.toXdr('base64');
}

const renamed = await tranche.prepareDeploy(network, address.stranger, net.draft('renamed'));
const preimageOf = (told) =>
  TransactionBuilder.fromXdr(told, network.passphrase).toEnvelope().value.tx.operations[0].body.value
    .hostFunction.value.contractIdPreimage;

for (const [what, change] of [
  ['other code', () => ({ executable: xdr.ContractExecutable.contractExecutableWasm(document) })],
  ['the address of another engagement', () => ({ contractIdPreimage: preimageOf(renamed.xdr) })],
  [
    'an argument more',
    ({ constructorArgs }) => ({ constructorArgs: [...constructorArgs, nativeToScVal(1)] }),
  ],
  ['an argument less', ({ constructorArgs }) => ({ constructorArgs: constructorArgs.slice(0, 2) })],
  [
    'a term that is not known',
    ({ constructorArgs: [terms, ...rest] }) => {
      const more = nativeToScVal({ zeal: 1 }).value;
      return { constructorArgs: [xdr.ScVal.scvMap([...terms.value, ...more]), ...rest] };
    },
  ],
]) {
  test(`a creation with ${what} is refused`, () => {
    const other = changed(change);
    assert.throws(() => tranche.readCreation(network, other), /not an escrow as it is known/);
  });
}

test('a call is no creation, and nor is any other text', async () => {
  assert.throws(() => tranche.readCreation(network, 'AAAA'), /not an escrow/);
  const id = await net.deploy(net.draft('called'));
  const rotate = tranche.calls.rotate('Payer', address.payer, address.stranger);
  const call = await tranche.prepare(network, address.payer, id, rotate);
  assert.throws(() => tranche.readCreation(network, tranche.handOver(call)), /not an escrow/);
});
