// The SDK's `contract.Client`: deploying, reading, writing, and what is refused.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Asset, contract, hash, Operation, StrKey } from '@stellar/stellar-sdk';
import { codes, start } from './localnet.mjs';
import {
  as,
  assembleDeploy,
  GROSS,
  MILESTONES,
  ONE,
  terms,
  TOTAL,
  upload,
  wasm,
} from './escrow.mjs';

const { Errors } = contract.AssembledTransaction;

const net = await start();
const { admin, payer, stranger } = net.keys;
const wasmHash = await upload(net, admin);
const first = await deployed();

/** An escrow of its own for a test; the answer is the admin's client. */
async function deployed(options = {}) {
  const assembled = await assembleDeploy(net, wasmHash, {}, options);
  return (await assembled.signAndSend()).result;
}

const funding = { payer: payer.publicKey(), through: 1, amount: GROSS, revision: 0 };

test('uploading gives the hash of the code, also when it is there already', async () => {
  assert.deepEqual(Buffer.from(wasmHash), Buffer.from(hash(await wasm())));
  assert.deepEqual(await upload(net, stranger), wasmHash);
});

test('deploying runs the constructor with its arguments', async () => {
  const { result } = await first.get_escrow();
  assert.deepEqual(result.terms, terms(net));
  assert.equal(result.state.tag, 'AwaitingFunds');
  assert.equal(result.totals.amount, TOTAL);
  assert.equal(result.totals.gross, GROSS);
});

test('a salt decides the address, which can be taken once', async () => {
  const salt = Buffer.alloc(32, 9);
  const client = await deployed({ salt });
  const again = await assembleDeploy(net, wasmHash, {}, { salt });
  assert.match(again.simulation.error, /Error\(Storage, ExistingValue\)/);
  assert.throws(() => again.result, Errors.SimulationFailed);
  assert.ok(StrKey.isValidContract(client.options.contractId));
});

test('a constructor that refuses leaves nothing behind', async () => {
  const refused = await assembleDeploy(net, wasmHash, { total: TOTAL + 1n });
  assert.match(refused.simulation.error, /Error\(Contract, #42\)/);
});

test('a client that is made from an address alone knows the whole interface', async () => {
  const { contractId } = first.options;
  const client = await contract.Client.from({ ...net.signingAs(stranger), contractId });
  const names = (spec) => spec.funcs().map(({ name }) => name.toString());
  assert.deepEqual(names(client.spec), names(first.spec));
  const { result } = await client.get_milestones({ start: 0, limit: 50 });
  assert.deepEqual(
    result.map(({ title }) => title),
    MILESTONES.map(({ title }) => title),
  );
  const fromHash = await contract.Client.fromWasmHash(wasmHash, { ...client.options });
  assert.deepEqual(names(fromHash.spec), names(first.spec));
});

test('a client of nothing cannot be made', async () => {
  const contractId = StrKey.encodeContract(Buffer.alloc(32, 1));
  await assert.rejects(contract.Client.from({ ...net.signingAs(payer), contractId }), {
    code: 404,
  });
});

test('a read needs neither an account nor a signature', async () => {
  const { contractId, rpcUrl, allowHttp, networkPassphrase } = first.options;
  const options = { contractId, rpcUrl, allowHttp, networkPassphrase };
  const read = await new contract.Client(first.spec, options).get_balances();
  assert.deepEqual(read.result, { balance: 0n, reserved: 0n, credited: 0n, unreserved: 0n });
  assert.ok(read.isReadCall);
  await assert.rejects(read.signAndSend(), Errors.NoSignatureNeeded);
});

test('a read is sent all the same when it is forced', async () => {
  const read = await first.get_milestone({ i: 1 });
  const sent = await read.signAndSend({ force: true });
  assert.equal(sent.getTransactionResponse.status, 'SUCCESS');
  assert.deepEqual(sent.result, read.result);
});

test('a write changes what is read next', async () => {
  const client = await deployed();
  const sent = await (await as(net, client, payer).fund(funding)).signAndSend();
  assert.equal(sent.sendTransactionResponse.status, 'PENDING');
  assert.equal(sent.getTransactionResponseAll.length, 1, 'the ledger is closed already');
  assert.equal(sent.result, null);
  const { result } = await client.get_escrow();
  assert.equal(result.state.tag, 'Active');
  assert.equal(result.totals.reserved, GROSS);
});

test("what a refusal means is told in the contract's own words", async () => {
  const refused = await as(net, first, stranger).fund({ ...funding, payer: stranger.publicKey() });
  assert.ok(refused.result.isErr());
  assert.equal(refused.result.unwrapErr().message, 'Only the payer may do this.');
  const amount = await as(net, first, payer).fund({ ...funding, amount: GROSS - 1n });
  assert.match(amount.result.unwrapErr().message, /The amount differs/);
  await assert.rejects(amount.signAndSend(), Errors.SimulationFailed);
  const unknown = await first.get_milestone({ i: 7 });
  assert.equal(unknown.result.unwrapErr().message, 'There is no milestone of that number.');
});

test('a simulation that fails tells what happened on the way', async () => {
  const refused = await as(net, first, payer).fund({ ...funding, revision: 4 });
  const topics = refused.simulation.events.map(({ event }) => event.body.value.topics);
  const errors = topics.filter(([name]) => name.value.toString() === 'error');
  assert.ok(errors.length > 0);
  assert.match(refused.simulation.error, /HostError: Error\(Contract, #50\)/);
  assert.match(refused.simulation.error, /Event log/);
});

test('a call that was overtaken by another of its account is refused', async () => {
  const client = await deployed();
  const late = await as(net, client, payer).fund(funding, { timeoutInSeconds: 200 });
  await (await as(net, client, payer).fund(funding)).signAndSend();
  await assert.rejects(late.signAndSend(), /tx_bad_seq/);
  const fresh = await as(net, client, payer).fund(funding);
  assert.equal(fresh.result.unwrapErr().message, 'The milestone is funded already.');
});

test('a wallet elsewhere signs what was assembled here', async () => {
  const client = await deployed();
  const { publicKey, rpcUrl, allowHttp, networkPassphrase } = net.signingAs(payer);
  const watching = { publicKey, rpcUrl, allowHttp, networkPassphrase };
  const { contractId } = client.options;
  const page = new contract.Client(client.spec, { ...watching, contractId });
  const assembled = await page.fund(funding);
  await assert.rejects(assembled.signAndSend(), Errors.NoSigner);
  const elsewhere = as(net, client, payer).txFromJson(assembled.toJson());
  const sent = await elsewhere.signAndSend();
  assert.equal(sent.getTransactionResponse.status, 'SUCCESS');
});

test('a call that is declared too small fails for its resources', async () => {
  const client = await deployed();
  const assembled = await as(net, client, payer).fund(funding);
  const data = assembled.simulationData.transactionData;
  data.resources.instructions = Math.floor(data.resources.instructions / 3);
  const sent = await assembled.signAndSend();
  const { status, resultXdr } = sent.getTransactionResponse;
  assert.equal(status, 'FAILED');
  assert.deepEqual(codes(resultXdr), ['txFailed', 'invokeHostFunctionResourceLimitExceeded']);
});

test('the token has a client as any contract has', async () => {
  const token = await contract.Client.from({ ...net.signingAs(payer), contractId: net.token });
  const to = stranger.publicKey();
  const balance = async () => (await token.balance({ id: to })).result;
  assert.equal((await token.symbol()).result, 'USDC');
  assert.equal((await token.decimals()).result, 7);
  const before = await balance();
  const transfer = { from: payer.publicKey(), to, amount: ONE };
  await (await token.transfer(transfer)).signAndSend();
  assert.equal((await balance()) - before, ONE);
  const tooMuch = await token.transfer({ ...transfer, amount: 10_000_000n * ONE });
  assert.match(tooMuch.simulation.error, /Error\(Contract, #10\)/);
});

test("an asset of one's own gets its contract", async () => {
  const asset = new Asset('OWN', stranger.publicKey());
  const create = Operation.createStellarAssetContract({ asset });
  const landed = await net.land(await net.prepare(stranger, create));
  assert.equal(landed.status, 'SUCCESS');
  const contractId = asset.contractId(net.passphrase);
  const token = await contract.Client.from({ ...net.signingAs(stranger), contractId });
  assert.equal((await token.name()).result, `OWN:${stranger.publicKey()}`);
  assert.equal((await token.admin()).result, stranger.publicKey());
});
