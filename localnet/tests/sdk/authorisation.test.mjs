// Calls that somebody authorises who does not send them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authorizeEntry, contract, Operation, scValToNative } from '@stellar/stellar-sdk';
import { codes, start } from './localnet.mjs';
import { as, assembleDeploy, GROSS, ONE, upload } from './escrow.mjs';

const { Errors } = contract.AssembledTransaction;

const net = await start();
const { admin, payer, provider, receiver, stranger } = net.keys;
const wasmHash = await upload(net, admin);

const deployed = async () => (await (await assembleDeploy(net, wasmHash)).signAndSend()).result;

const funding = { payer: payer.publicKey(), through: 1, amount: GROSS, revision: 0 };
const rotation = {
  role: { tag: 'Payer' },
  from: payer.publicKey(),
  to: receiver.publicKey(),
};

/** The authorisation of a call by this key, as a wallet gives it. */
const by = (key, options = {}) => ({
  address: key.publicKey(),
  signAuthEntry: contract.basicNodeSigner(key, net.passphrase).signAuthEntry,
  ...options,
});

const payerOf = async (client) => (await client.get_escrow()).result.terms.roles.payer;

const transfer = (amount) => net.transfer(payer, provider, amount);

/** The same call with these authorisations, sent by the stranger. */
async function authorised(operation, auth) {
  const call = Operation.invokeHostFunction({ func: operation.body.value.hostFunction, auth });
  return net.prepare(stranger, call);
}

/** What the payer has to sign so that the stranger may make this call. */
async function entryOf(operation) {
  const tx = (await net.draft(stranger, operation)).setTimeout(60).build();
  const { result } = await net.server.simulateTransaction(tx);
  return result.auth[0];
}

test('one authorises and another pays the fee', async () => {
  const client = await deployed();
  const assembled = await as(net, client, stranger).fund(funding);
  assert.deepEqual(assembled.needsNonInvokerSigningBy(), [payer.publicKey()]);
  await assert.rejects(assembled.sign(), Errors.NeedsMoreSignatures);
  await assembled.signAuthEntries(by(payer));
  assert.deepEqual(assembled.needsNonInvokerSigningBy(), []);
  await assembled.simulate();
  const before = await net.stroops(payer);
  const sent = await assembled.signAndSend();
  assert.equal(sent.getTransactionResponse.status, 'SUCCESS');
  assert.equal(await net.stroops(payer), before);
  assert.equal((await client.get_balances()).result.reserved, GROSS);
});

test('two authorise what a third sends', async () => {
  const client = await deployed();
  const assembled = await as(net, client, stranger).rotate(rotation);
  const both = [payer.publicKey(), receiver.publicKey()].sort();
  assert.deepEqual(assembled.needsNonInvokerSigningBy().sort(), both);
  await assembled.signAuthEntries(by(payer));
  assert.deepEqual(assembled.needsNonInvokerSigningBy(), [receiver.publicKey()]);
  await assert.rejects(assembled.signAuthEntries(by(admin)), Errors.NoSignatureNeeded);
  await assembled.signAuthEntries(by(receiver));
  await assembled.signAndSend();
  assert.equal(await payerOf(client), receiver.publicKey());
});

test('whoever sends a call needs no entry besides', async () => {
  const client = await deployed();
  const assembled = await as(net, client, payer).rotate(rotation);
  assert.deepEqual(assembled.needsNonInvokerSigningBy(), [receiver.publicKey()]);
  await assembled.signAuthEntries(by(receiver));
  await assembled.signAndSend();
  assert.equal(await payerOf(client), receiver.publicKey());
});

test('a half signed call goes from one to the other as text', async () => {
  const client = await deployed();
  const assembled = await as(net, client, stranger).rotate(rotation);
  await assembled.signAuthEntries(by(payer));
  const passedOn = as(net, client, stranger).txFromJson(assembled.toJson());
  assert.deepEqual(passedOn.needsNonInvokerSigningBy(), [receiver.publicKey()]);
  await passedOn.signAuthEntries(by(receiver));
  await passedOn.signAndSend();
  assert.equal(await payerOf(client), receiver.publicKey());
});

test("both forms of an account's authorisation are taken", async () => {
  const forms = [
    [false, 'sorobanCredentialsAddress'],
    [true, 'sorobanCredentialsAddressV2'],
  ];
  for (const [useUpgradedAuth, form] of forms) {
    const client = await deployed();
    const assembled = await as(net, client, stranger, { useUpgradedAuth }).fund(funding);
    const [entry] = assembled.simulationData.result.auth;
    assert.equal(entry.credentials.type, form);
    await assembled.signAuthEntries(by(payer));
    const { getTransactionResponse } = await assembled.signAndSend();
    assert.equal(getTransactionResponse.status, 'SUCCESS');
  }
});

test('an authorisation is signed without any client', async () => {
  const operation = transfer(ONE);
  const { sequence } = await net.server.getLatestLedger();
  const entry = await entryOf(operation);
  const signed = await authorizeEntry(entry, payer, sequence + 10, net.passphrase);
  const landed = await net.land(await authorised(operation, [signed]));
  assert.equal(landed.status, 'SUCCESS');
});

test('an authorisation is spent by its use', async () => {
  const operation = transfer(ONE);
  const { sequence } = await net.server.getLatestLedger();
  const entry = await entryOf(operation);
  const signed = await authorizeEntry(entry, payer, sequence + 10, net.passphrase);
  await net.land(await authorised(operation, [signed]));
  await assert.rejects(authorised(operation, [signed]), /Error\(Auth, ExistingValue\)/);
});

test('an authorisation is for just the call that was signed', async () => {
  const { sequence } = await net.server.getLatestLedger();
  const entry = await entryOf(transfer(ONE));
  const signed = await authorizeEntry(entry, payer, sequence + 10, net.passphrase);
  const more = authorised(transfer(2n * ONE), [signed]);
  await assert.rejects(more, /Unauthorized function call for address/);
});

test('an authorisation expires', async () => {
  const operation = transfer(ONE);
  const { sequence } = await net.server.getLatestLedger();
  const entry = await entryOf(operation);
  const signed = await authorizeEntry(entry, payer, sequence + 1, net.passphrase);
  const tx = await authorised(operation, [signed]);
  await net.advanceLedgers(2);
  const { status, resultXdr, diagnosticEventsXdr } = await net.land(tx);
  assert.equal(status, 'FAILED');
  assert.deepEqual(codes(resultXdr), ['txFailed', 'invokeHostFunctionTrapped']);
  const said = diagnosticEventsXdr.map(({ event }) => scValToNative(event.body.value.data));
  assert.ok(said.flat().includes('signature has expired'));
});

test('what nobody has signed fails when it lands', async () => {
  const tx = await net.prepare(stranger, transfer(ONE));
  const { status, resultXdr } = await net.land(tx);
  assert.equal(status, 'FAILED');
  assert.deepEqual(codes(resultXdr), ['txFailed', 'invokeHostFunctionTrapped']);
});

test('a signature by the wrong key fails when it lands', async () => {
  const operation = transfer(ONE);
  const { sequence } = await net.server.getLatestLedger();
  const sign = (_, payload) => ({
    signature: stranger.sign(payload),
    publicKey: stranger.publicKey(),
  });
  const entry = await entryOf(operation);
  const signed = await authorizeEntry(entry, sign, sequence + 10, net.passphrase);
  await assert.rejects(authorised(operation, [signed]), /Error\(Auth, InvalidAction\)/);
});

test('a simulation records authorisations or insists on them, as it is told', async () => {
  const tx = (await net.draft(stranger, transfer(ONE))).setTimeout(60).build();
  const simulate = (mode) => net.server.simulateTransaction(tx, undefined, mode);
  assert.equal((await simulate('record')).result.auth.length, 1);
  assert.equal((await simulate('record_allow_nonroot')).result.auth.length, 1);
  assert.match((await simulate('enforce')).error, /Error\(Auth, InvalidAction\)/);
  assert.ok('error' in (await simulate('nonsense')));
});
