// Entries that nobody paid rent for: archived, and brought back.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  Contract,
  Operation,
  rpc,
  SorobanDataBuilder,
  TimeoutInfinite,
  xdr,
} from '@stellar/stellar-sdk';
import { codes, start } from './localnet.mjs';
import { as, assembleDeploy, GROSS, upload } from './escrow.mjs';

/** The least life of an entry that can be archived, on Mainnet. */
const LEAST_LIFE_LEDGERS = 2_073_600;

/** The clock of the network runs ahead here, so that no time of the machine's is a fit limit. */
const LATER = { timeoutInSeconds: TimeoutInfinite };

const net = await start();
const { admin, payer, stranger } = net.keys;
const wasmHash = await upload(net, admin);
const funding = { payer: payer.publicKey(), through: 1, amount: GROSS, revision: 0 };

const deployed = async () =>
  (await (await assembleDeploy(net, wasmHash, {}, LATER)).signAndSend()).result;

/** An escrow that everybody has forgotten. */
async function forgotten() {
  const client = await deployed();
  await net.advanceLedgers(LEAST_LIFE_LEDGERS);
  return client;
}

const instanceOf = (client) => new Contract(client.options.contractId).getFootprint();

const code = xdr.LedgerKey.contractCode(
  new xdr.LedgerKeyContractCode({ hash: new xdr.Hash(wasmHash) }),
);

const lifeOf = async (key) => (await net.server.getLedgerEntry(key)).liveUntilLedgerSeq;

const latest = async () => (await net.server.getLatestLedger()).sequence;

/** Which entries a simulation would restore on the way. */
function archivedIn(simulation) {
  const { ext, resources } = simulation.transactionData.build();
  if (ext.type === 'v0') return [];
  return ext.value.archivedSorobanEntries.map((index) => resources.footprint.readWrite[index]);
}

/** An operation on a footprint, prepared and signed by the stranger. */
async function onFootprint(operation, data) {
  const draft = (await net.draft(stranger, operation)).setTimeout(TimeoutInfinite);
  const tx = await net.server.prepareTransaction(draft.setSorobanData(data.build()).build());
  tx.sign(stranger);
  return tx;
}

test('an archived entry is told to live no more', async () => {
  const client = await deployed();
  const instance = instanceOf(client);
  assert.equal(await lifeOf(instance), (await latest()) + LEAST_LIFE_LEDGERS - 1);
  await net.advanceLedgers(LEAST_LIFE_LEDGERS - 1);
  assert.equal(await lifeOf(instance), await latest());
  await net.advanceLedgers(1);
  assert.equal(await lifeOf(instance), 0);
});

test('what is archived can be read, and reading it would restore it', async () => {
  const client = await forgotten();
  const read = await client.get_escrow(LATER);
  assert.equal(read.result.totals.gross, GROSS);
  assert.ok(archivedIn(read.simulation).length >= 2);
  assert.ok(!read.isReadCall);
});

test('a call restores by itself what it needs', async () => {
  const client = await forgotten();
  const instance = instanceOf(client);
  const funded = await as(net, client, payer).fund(funding, LATER);
  assert.ok(!rpc.Api.isSimulationRestore(funded.simulation), 'no transaction has to go before');
  const restored = archivedIn(funded.simulation);
  assert.ok(restored.some(({ type }) => type === 'contractCode'));
  assert.ok(restored.some(({ type }) => type === 'contractData'));
  const { getTransactionResponse } = await funded.signAndSend();
  assert.equal(getTransactionResponse.status, 'SUCCESS');
  const [{ changes }] = getTransactionResponse.resultMetaXdr.value.operations;
  const told = changes.filter(({ type }) => type === 'ledgerEntryRestored');
  assert.equal(told.length, 2 * restored.length, 'each entry and its life');
  const escrow = await client.get_escrow();
  assert.equal(escrow.result.totals.reserved, GROSS);
  assert.deepEqual(archivedIn(escrow.simulation), []);
  assert.equal(await lifeOf(instance), (await latest()) + LEAST_LIFE_LEDGERS - 1);
});

test('prepareTransaction adds what restores', async () => {
  const client = await forgotten();
  const call = new Contract(client.options.contractId).call('get_escrow');
  const draft = (await net.draft(stranger, call)).setTimeout(TimeoutInfinite);
  const tx = await net.server.prepareTransaction(draft.build());
  tx.sign(stranger);
  assert.equal((await net.land(tx)).status, 'SUCCESS');
  assert.ok((await lifeOf(instanceOf(client))) > (await latest()));
});

test('a call that was prepared before fails once its entries are archived', async () => {
  const client = await deployed();
  const funded = await as(net, client, payer).fund(funding, LATER);
  await net.advanceLedgers(LEAST_LIFE_LEDGERS);
  const { status, resultXdr } = (await funded.signAndSend()).getTransactionResponse;
  assert.equal(status, 'FAILED');
  assert.deepEqual(codes(resultXdr), ['txFailed', 'invokeHostFunctionEntryArchived']);
});

test('a footprint is restored on its own', async () => {
  const client = await forgotten();
  const instance = instanceOf(client);
  const data = new SorobanDataBuilder().setReadWrite([instance, code]);
  const tx = await onFootprint(Operation.restoreFootprint({}), data);
  const { status, resultXdr } = await net.land(tx);
  assert.equal(status, 'SUCCESS');
  assert.deepEqual(codes(resultXdr), ['txSuccess', 'restoreFootprintSuccess']);
  for (const key of [instance, code]) {
    assert.equal(await lifeOf(key), (await latest()) + LEAST_LIFE_LEDGERS - 1);
  }
});

test('a life is extended before it ends', async () => {
  const instance = instanceOf(await deployed());
  const extendTo = LEAST_LIFE_LEDGERS + 1_000;
  const data = new SorobanDataBuilder().setReadOnly([instance]);
  const extension = Operation.extendFootprintTtl({ extendTo });
  const landed = await net.land(await onFootprint(extension, data));
  assert.deepEqual(codes(landed.resultXdr), ['txSuccess', 'extendFootprintTtlSuccess']);
  assert.equal(await lifeOf(instance), (await latest()) + extendTo);
});

test('what is archived has to be restored before its life is extended', async () => {
  const client = await forgotten();
  const instance = instanceOf(client);
  const data = new SorobanDataBuilder().setReadOnly([instance]);
  const extendTo = LEAST_LIFE_LEDGERS + 1_000;
  const draft = await net.draft(payer, Operation.extendFootprintTtl({ extendTo }));
  const tx = draft.setTimeout(TimeoutInfinite).setSorobanData(data.build()).build();
  const simulation = await net.server.simulateTransaction(tx);
  assert.ok(rpc.Api.isSimulationRestore(simulation));
  assert.match(simulation.restorePreamble.minResourceFee, /^[0-9]+$/);
  const assembled = await as(net, client, payer).get_escrow(LATER);
  const restored = await assembled.restoreFootprint(simulation.restorePreamble);
  assert.equal(restored.status, 'SUCCESS');
  const extension = await onFootprint(Operation.extendFootprintTtl({ extendTo }), data);
  assert.equal((await net.land(extension)).status, 'SUCCESS');
  assert.equal(await lifeOf(instance), (await latest()) + extendTo);
});

test('a client that is told to restore needs no transaction more', async () => {
  const client = await forgotten();
  const before = await net.server.getAccount(payer.publicKey());
  const funded = await as(net, client, payer).fund(funding, { ...LATER, restore: true });
  const { getTransactionResponse } = await funded.signAndSend();
  assert.equal(getTransactionResponse.status, 'SUCCESS');
  const after = await net.server.getAccount(payer.publicKey());
  assert.equal(BigInt(after.sequenceNumber()) - BigInt(before.sequenceNumber()), 1n);
});
