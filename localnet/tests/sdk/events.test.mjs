// What contracts say, found by contract, by topic, and page by page.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MuxedAccount, nativeToScVal, Operation, scValToNative } from '@stellar/stellar-sdk';
import { start } from './localnet.mjs';
import { as, deploy, GROSS, ONE } from './escrow.mjs';

const net = await start();
const { payer, provider } = net.keys;
/** The ledger before any event of these tests. */
const first = (await net.server.getLatestLedger()).sequence;
const client = await deploy(net);
const { spec } = client;
const escrow = client.options.contractId;

const funding = { payer: payer.publicKey(), through: 1, amount: GROSS, revision: 0 };
await (await as(net, client, payer).fund(funding)).signAndSend();
for (const [milestone, tag] of ['InProgress', 'Completed'].entries()) {
  const updates = [{ milestone, status: { tag }, note: null, evidence: null }];
  const report = { provider: provider.publicKey(), updates };
  await (await as(net, client, provider).change_status(report)).signAndSend();
}

const symbol = (name) => nativeToScVal(name, { type: 'symbol' }).toXdr('base64');
const address = (key) => nativeToScVal(key.publicKey(), { type: 'address' }).toXdr('base64');

/** All events that a filter lets through, and what each is called. */
async function names(filter, range = { startLedger: first }) {
  const { events } = await net.server.getEvents({ ...range, filters: filter ? [filter] : [] });
  return events.map(({ topic }) => scValToNative(topic[0]));
}

test('the events of a contract come in their order', async () => {
  const told = await names({ type: 'contract', contractIds: [escrow] });
  assert.deepEqual(
    told.filter((name) => name !== 'seat'),
    ['created', 'funded', 'status_changed', 'status_changed'],
  );
});

test("the contract's own description reads what its events say", async () => {
  const filters = [{ type: 'contract', contractIds: [escrow] }];
  const { events } = await net.server.getEvents({ startLedger: first, filters });
  const read = events.map(({ topic, value }) => spec.parseEvent(topic, value));
  const funded = read.find(({ name }) => name === 'Funded');
  assert.deepEqual(
    { ...funded.data },
    {
      payer: payer.publicKey(),
      through: 1,
      amount: GROSS,
    },
  );
});

test('a topic of the description finds the escrows of an address without knowing them', async () => {
  const holder = provider.publicKey();
  const topics = [spec.eventTopicFilter('Seat', { holder })];
  const filters = [{ type: 'contract', topics }];
  const { events } = await net.server.getEvents({ startLedger: first, filters });
  assert.deepEqual(
    events.map(({ contractId }) => contractId.contractId()),
    [escrow],
  );
});

test('topics match by value, by any one, and by any rest', async () => {
  const matching = (...topics) => names({ type: 'contract', contractIds: [escrow], topics });
  assert.deepEqual(await matching([symbol('funded'), address(payer)]), ['funded']);
  assert.deepEqual(await matching([symbol('funded'), '*']), ['funded']);
  assert.deepEqual(await matching([symbol('funded')]), []);
  assert.deepEqual(await matching([symbol('funded'), '**']), ['funded']);
  assert.deepEqual(await matching(['*', address(payer)]), ['seat', 'funded']);
  assert.deepEqual(await matching([symbol('funded'), '*'], [symbol('created'), '**']), [
    'created',
    'funded',
  ]);
});

test('payments and fees are told by the contracts of their assets', async () => {
  const operation = Operation.payment({
    destination: provider.publicKey(),
    asset: net.usdc,
    amount: '3',
  });
  const { ledger } = await net.land(await net.build(payer, operation));
  const range = { startLedger: ledger, endLedger: ledger + 1 };
  assert.deepEqual(await names({ type: 'contract', contractIds: [net.token] }, range), [
    'transfer',
  ]);
  const native = net.facts.nativeContract;
  const { events } = await net.server.getEvents({ ...range, filters: [] });
  assert.deepEqual(
    events.map(({ contractId, topic, value }) => [
      contractId.contractId(),
      scValToNative(topic[0]),
      scValToNative(value),
    ]),
    [
      [native, 'fee', 100n],
      [net.token, 'transfer', 3n * ONE],
    ],
  );
});

test('a payment to a customer of an account tells whose it is', async () => {
  const source = await net.server.getAccount(provider.publicKey());
  const destination = new MuxedAccount(source, '77').accountId();
  const operation = Operation.payment({ destination, asset: net.usdc, amount: '1' });
  const { ledger } = await net.land(await net.build(payer, operation));
  const filters = [{ type: 'contract', contractIds: [net.token] }];
  const { events } = await net.server.getEvents({ startLedger: ledger, filters });
  assert.deepEqual(scValToNative(events[0].value), { amount: ONE, to_muxed_id: 77n });
});

test('an event says when and where it was said', async () => {
  const filters = [{ type: 'contract', contractIds: [escrow] }];
  const { events } = await net.server.getEvents({ startLedger: first, filters });
  const event = events.at(-1);
  const { ledger, createdAt, applicationOrder } = await net.server.getTransaction(event.txHash);
  assert.equal(event.type, 'contract');
  assert.equal(event.ledger, ledger);
  assert.equal(Date.parse(event.ledgerClosedAt), Number(createdAt) * 1_000);
  assert.equal(event.transactionIndex, applicationOrder);
  assert.equal(event.operationIndex, 0);
  assert.match(event.id, /^[0-9]{19}-[0-9]{10}$/);
});

test('pages hold every event once, however long they are', async () => {
  const filters = [];
  const whole = await net.server.getEvents({ startLedger: first, filters });
  assert.ok(whole.events.length > 10);
  for (const limit of [1, 3, 7, 1_000]) {
    const found = [];
    let page = await net.server.getEvents({ startLedger: first, filters, limit });
    while (page.events.length > 0) {
      assert.ok(page.events.length <= limit);
      found.push(...page.events);
      page = await net.server.getEvents({ cursor: page.cursor, filters, limit });
    }
    assert.deepEqual(found, whole.events);
  }
});

test('who waits at the last cursor misses nothing', async () => {
  const filters = [{ type: 'contract', contractIds: [net.token] }];
  const { sequence } = await net.server.getLatestLedger();
  const { cursor } = await net.server.getEvents({ startLedger: sequence, filters });
  const payment = Operation.payment({
    destination: provider.publicKey(),
    asset: net.usdc,
    amount: '1',
  });
  await net.advanceLedgers(3);
  await net.land(await net.build(payer, payment));
  const { events } = await net.server.getEvents({ cursor, filters });
  assert.deepEqual(
    events.map(({ value }) => scValToNative(value)),
    [ONE],
  );
});

test('what cannot be asked is refused with the reason', async () => {
  const { sequence } = await net.server.getLatestLedger();
  const refused = (request, message) =>
    assert.rejects(net.server.getEvents({ filters: [], ...request }), message);
  await refused({ startLedger: sequence + 1 }, { code: -32600 });
  await refused({ startLedger: first, limit: 10_001 }, { code: -32602 });
  await refused({ cursor: 'nonsense' }, { code: -32602 });
  const filter = { type: 'contract', contractIds: [escrow] };
  await refused({ startLedger: first, filters: Array(6).fill(filter) }, { code: -32602 });
});
