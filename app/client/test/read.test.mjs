// What is read from stored entries is what the views tell, and takes few requests.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nativeToScVal, xdr } from '@stellar/stellar-sdk';
import * as tranche from 'tranche-client';
import { instanceKey, storedKey } from '../dist/entries.js';
import { milestone, ONE, start } from './localnet.mjs';
import { proxy } from './proxy.mjs';
import { scenes } from './scenes.mjs';

const net = await start();
await net.upload();
const { network, address } = net;
const { time } = await tranche.latestLedger(network);
const all = await scenes(net, time);

const viewer = (contractId) =>
  new tranche.Client({
    contractId,
    rpcUrl: network.rpcUrl,
    networkPassphrase: network.passphrase,
    allowHttp: true,
  });

/** Counts what is asked of the server meanwhile. */
async function counted(work) {
  const real = globalThis.fetch;
  let requests = 0;
  globalThis.fetch = (...args) => {
    requests += 1;
    return real(...args);
  };
  try {
    return { result: await work(), requests };
  } finally {
    globalThis.fetch = real;
  }
}

for (const name of Object.keys(all)) {
  test(`${name}: what is stored says what the views say`, async () => {
    const { id } = all[name];
    const client = viewer(id);
    const state = await net.read(id);
    const { milestones: count } = state.escrow.totals;
    const [escrow, balances, milestones] = await Promise.all([
      client.get_escrow(),
      client.get_balances(),
      client.get_milestones({ start: 0, limit: 50 }),
    ]);
    assert.equal(state.milestones.length, count);
    assert.deepEqual(plain(state.escrow), plain(escrow.result));
    assert.deepEqual(state.balances, balances.result);
    assert.deepEqual(plain(state.milestones), plain(milestones.result));
    assert.equal(state.version, tranche.BUILD.version);
    assert.equal(state.wasmHash, net.wasmHash);
    assert.equal(state.archived, false);
  });
}

/** Without what the SDK adds to a union that has no values. */
const plain = (value) => {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return value;
  const kept = Object.entries(value).filter(([key, inner]) => key !== 'values' || inner);
  return Object.fromEntries(kept.map(([key, inner]) => [key, plain(inner)]));
};

test('who can claim what is told', async () => {
  const { id } = all.review;
  const state = await net.read(id);
  for (const owner of Object.values(address)) {
    const { milestones, amount } = tranche.claimableBy(state, owner);
    const told = await viewer(id).get_claimable({ owner, milestones });
    assert.equal(amount, told.result);
  }
  assert.equal(tranche.claimableBy(state, address.platform).amount, state.escrow.totals.fees);
});

test('a hundred escrows, with balances, tokens and milestones, take four requests', async () => {
  const ids = Object.values(all).map(({ id }) => id);
  const made = [];
  for (let i = 0; i < 12; i += 1) made.push(await net.deploy(net.draft(`many ${i}`)));
  const absent = Array.from({ length: 100 - ids.length - made.length }, (_, i) =>
    tranche.escrowAddress(network.passphrase, address.admin, `absent ${i}`),
  );
  const asked = [...ids, ...made, ...absent];
  const { result, requests } = await counted(() => tranche.readEscrows(network, asked));
  assert.ok(requests <= 4, `${requests} requests`);
  assert.equal(result.escrows.length, 17);
  assert.equal(result.others.length, 83);
  const review = result.escrows.find(({ id }) => id === all.review.id);
  assert.deepEqual(review, { ...(await net.read(all.review.id)), ledger: result.ledger });
});

test('a hundred of an address take five requests, and those without the latest ledger four', async () => {
  const ids = [];
  const admins = ['admin', 'payer', 'provider', 'approver', 'signer'];
  await Promise.all(
    admins.map(async (name) => {
      for (let i = 0; i < 20; i += 1) {
        ids.push(await net.deploy(net.draft(`full ${i}`, { roles: { admin: address[name] } })));
      }
    }),
  );
  const { requests } = await counted(() => tranche.readEscrows(network, ids));
  assert.ok(requests <= 4, `${requests} requests`);
  const listed = await counted(async () => {
    const { latest } = await tranche.findEscrows(network, address.payer);
    return tranche.readEscrows(network, ids, latest);
  });
  assert.ok(listed.requests <= 5, `${listed.requests} requests`);
  const { result } = listed;
  assert.equal(result.escrows.length, 100);
  assert.ok(result.escrows.every(({ milestones, balances }) => milestones.length === 2 && balances));
});

test('a thousand milestones are read page by page', async () => {
  const milestones = Array.from({ length: 1_000 }, (_, i) => milestone(`${i}`, BigInt(i + 1)));
  const id = await net.deploy(net.draft('thousand', { milestones }));
  const page = await tranche.readEscrow(network, id, { start: 950, limit: 100 });
  assert.equal(page.milestones.length, 50);
  assert.equal(page.milestones[0].milestone, 950);
  assert.equal(page.milestones[0].amount, 951n);
  assert.equal(page.next.milestone, 0);
  const { result, requests } = await counted(() => net.read(id));
  assert.equal(result.milestones.length, 1_000);
  assert.ok(requests <= 8, `${requests} requests`);
  const some = await tranche.readMilestones(network, page, 100, 3);
  assert.deepEqual(
    some.map(({ title }) => title),
    ['100', '101', '102'],
  );
  const listed = await tranche.readEscrows(network, [id]);
  assert.equal(listed.escrows[0].milestones.length, 398, 'as many as have room');
});

test('what it takes to fund the next is known on every page', async () => {
  const milestones = Array.from({ length: 120 }, (_, i) => milestone(`${i}`, BigInt(i + 1) * ONE));
  const id = await net.deploy(net.draft('pages', { terms: { platform_fee_bps: 0 }, milestones }));
  await net.call(address.payer, id, tranche.calls.fund(await net.read(id), 59));
  await net.send(address.admin, id, 60n * ONE);
  const offered = (state) =>
    tranche
      .escrowActions(state, address.payer, state.ledger.time)
      .find(({ method }) => method === 'count_deposit');
  const page = await net.read(id, { start: 0, limit: 50 });
  assert.equal(page.milestones.length, 50);
  assert.equal(page.next.milestone, 60);
  assert.equal(offered(page).reason, '1 USDC more needed at the escrow’s address.');
  await net.send(address.admin, id, ONE);
  const ready = await net.read(id, { start: 0, limit: 50 });
  assert.ok(offered(ready).allowed);
  await net.call(address.payer, id, tranche.calls.countDeposit(ready, 60));
  const { escrows } = await tranche.readEscrows(network, [id]);
  assert.equal(escrows[0].next.milestone, 61);
  assert.deepEqual(escrows[0].next, escrows[0].milestones[61]);
  await net.call(address.payer, id, tranche.calls.fund(await net.read(id), 119));
  assert.equal((await net.read(id, { start: 0, limit: 0 })).next, null);
});

test('what is no escrow is told, and why', async () => {
  const nowhere = tranche.escrowAddress(network.passphrase, address.admin, 'nowhere');
  const { others, escrows } = await tranche.readEscrows(network, [
    net.token,
    nowhere,
    'hello',
    address.payer,
  ]);
  assert.equal(escrows.length, 0);
  const why = Object.fromEntries(others.map((one) => [one.id, one.why]));
  assert.match(why[net.token], /is not an escrow/);
  assert.match(why[nowhere], /no contract/);
  assert.match(why.hello, /not the address of a contract/);
  assert.match(why[address.payer], /not the address of a contract/);
  await assert.rejects(net.read(nowhere), ({ problem }) => problem.kind === 'not-found');
});

test('an archived escrow is read, and says that it is', async () => {
  const { id } = all.unfunded;
  const { id: snapshot } = await net.developer('localnet_snapshot', {});
  await net.advanceLedgers(2_100_000);
  const state = await net.read(id);
  assert.equal(state.archived, true);
  assert.equal(state.milestones.length, 2);
  await net.call(address.payer, id, tranche.calls.fund(state, 1));
  assert.equal((await net.read(id)).escrow.totals.funded, 2);
  await net.developer('localnet_restore', { id: snapshot });
});

test('a token is read by its address, and what an address has of it', async () => {
  const usdc = await tranche.readToken(network, net.token);
  assert.equal(usdc.symbol, 'USDC');
  assert.equal(usdc.decimals, 7);
  const native = tranche.tokenAddress(network.passphrase, 'native');
  const xlm = await tranche.readToken(network, native);
  assert.deepEqual(xlm, { address: native, symbol: 'XLM', decimals: 7, asset: 'native' });
  assert.equal(await tranche.readBalance(network, usdc, address.stranger), 1_000_000n * ONE);
  assert.equal(tranche.tokenAddress(network.passphrase, usdc.asset), net.token);
  await assert.rejects(tranche.readToken(network, all.open.id), /does not answer as a token/);
});

/** A server by whose account a contract's instance stores something else, and answers something else. */
async function lying(contract, store, answers) {
  const key = instanceKey(contract).toXdr('base64');
  return proxy(network, async ({ method, params }, forward) => {
    const told = await forward();
    if (method === 'getLedgerEntries') {
      for (const entry of told.entries.filter((one) => one.key === key)) {
        entry.xdr = changed(entry.xdr, store);
      }
    }
    if (method === 'simulateTransaction') {
      const asked = atob(params.transaction);
      const answer = Object.entries(answers).find(([name]) => asked.includes(name))?.[1];
      if (answer) return { ...told, error: undefined, results: [{ xdr: answer.toXdr('base64'), auth: [] }] };
    }
    return told;
  });
}

/** An instance of unknown code that stores something else under these names. */
function changed(entry, store) {
  const data = xdr.LedgerEntryData.fromXdr(entry, 'base64');
  const { contract, key, durability, val, ext } = data.value;
  const stored = val.value.storage.filter(({ key: name }) => !(name.value?.toString() in store));
  const named = Object.entries(store).map(
    ([name, value]) => new xdr.ScMapEntry({ key: xdr.ScVal.scvSymbol(name), val: value }),
  );
  const executable = xdr.ContractExecutable.contractExecutableWasm(new Uint8Array(32));
  const instance = new xdr.ScContractInstance({ executable, storage: [...stored, ...named] });
  const forged = new xdr.ContractDataEntry({
    contract,
    key,
    durability,
    ext,
    val: xdr.ScVal.scvContractInstance(instance),
  });
  return xdr.LedgerEntryData.contractData(forged).toXdr('base64');
}

test('a token that tells nonsense of itself takes no other escrow with it', async () => {
  const native = tranche.tokenAddress(network.passphrase, 'native');
  const id = await net.deploy(net.draft('odd token', { terms: { token: native } }));
  const good = all.review.id;
  const [expected, own] = [await net.read(good), await net.read(id)];
  const u32 = xdr.ScVal.scvU32;
  const text = (value) => nativeToScVal(value, { type: 'string' });
  const metadata = (decimal, symbol) =>
    nativeToScVal({ decimal, name: 'x', symbol }, { type: { decimal: ['symbol', 'u32'] } });
  for (const [stored, decimals, symbol, shown] of [
    [xdr.ScVal.scvVoid(), u32(4_294_967_295), text('USDC'), ['units', 0]],
    [xdr.ScVal.scvVec([]), text('7'), text('USDC'), ['units', 0]],
    [u32(7), u32(39), text('USDC'), ['units', 0]],
    [metadata(500_000_000, 'USDC'), u32(6), text('ODD'), ['ODD', 6]],
    [metadata(7, 'x'.repeat(33)), u32(7), xdr.ScVal.scvVoid(), ['units', 0]],
    [metadata(7, '\u202e\u200b\n'), u32(7), text(''), ['units', 0]],
    [metadata(7, 'US\u200bDC\u061c\n'), u32(7), text('ODD'), ['USDC', 7]],
    [metadata(38, 'ODD'), u32(7), text('USDC'), ['ODD', 38]],
  ]) {
    const answers = { decimals, symbol, get_balances: u32(1) };
    const server = await lying(native, { METADATA: stored }, answers);
    const { escrows, others, ledger } = await tranche.readEscrows(server, [good, id]);
    assert.deepEqual(others, []);
    assert.deepEqual(escrows[0], { ...expected, ledger });
    const [, { token, balances }] = escrows;
    assert.deepEqual([token.symbol, token.decimals, token.asset], [...shown, null]);
    assert.equal(balances, null);
    assert.deepEqual(escrows[1].milestones, own.milestones);
    server.close();
  }
});

test('a look-alike that stores nonsense takes no escrow with it', async () => {
  const good = all.review.id;
  const expected = await net.read(good);
  const entry = await instanceOf(all.open.id);
  const terms = entry.find(({ key }) => key.value.toString() === 'terms').val.value;
  const without = (at, value) => xdr.ScVal.scvVec(terms.map((one, i) => (i === at ? value : one)));
  for (const odd of [
    xdr.ScVal.scvVoid(),
    without(15, xdr.ScVal.scvSymbol('token')),
    without(15, nativeToScVal(address.payer, { type: 'address' })),
    without(7, nativeToScVal('payer')),
    without(0, nativeToScVal(-1, { type: 'i32' })),
  ]) {
    const server = await lying(all.open.id, { terms: odd }, {});
    const { escrows, others, ledger } = await tranche.readEscrows(server, [all.open.id, good]);
    assert.deepEqual(escrows, [{ ...expected, ledger }]);
    assert.match(others[0].why, /stores something else/);
    server.close();
  }
});

test('a look-alike that claims to have billions of milestones keeps nobody busy', async () => {
  const { id } = all.open;
  const book = storedKey(id, xdr.ScVal.scvSymbol('ledger')).toXdr('base64');
  const lie = await lying(id, {}, {});
  const server = await proxy(lie, async ({ method }, forward) => {
    const told = await forward();
    if (method !== 'getLedgerEntries') return told;
    for (const entry of told.entries.filter((one) => one.key === book)) {
      const data = xdr.LedgerEntryData.fromXdr(entry.xdr, 'base64');
      data.value.val.value.splice(0, 1, xdr.ScVal.scvU32(4_294_967_295));
      entry.xdr = data.toXdr('base64');
    }
    return told;
  });
  const { result, requests } = await counted(() => tranche.readEscrow(server, id));
  assert.equal(result.version, null);
  assert.equal(result.escrow.totals.milestones, 4_294_967_295);
  assert.equal(result.milestones.length, 3);
  assert.ok(requests < 40, `${requests} requests`);
  server.close();
  lie.close();
});

/** What a contract's instance stores. */
async function instanceOf(contract) {
  const keys = [instanceKey(contract).toXdr('base64')];
  const { entries } = await net.developer('getLedgerEntries', { keys });
  return xdr.LedgerEntryData.fromXdr(entries[0].xdr, 'base64').value.val.value.storage;
}

test('who cannot be paid is told, and why', async () => {
  const usdc = await tranche.readToken(network, net.token);
  const xlm = await tranche.readToken(network, tranche.tokenAddress(network.passphrase, 'native'));
  const fresh = 'GAAZI4TCR3TY5OJHCTJC2A4QSY6CJWJH5IAJTGKIN2ER7LBNVKOCCWN7';
  const asked = [address.receiver, all.open.id, fresh, net.facts.token.issuer.publicKey, 'hello'];
  const told = await tranche.cannotReceive(network, usdc, asked);
  assert.equal(told.get(address.receiver), null);
  assert.equal(told.get(all.open.id), null);
  assert.match(told.get(fresh), /no trustline for USDC/);
  assert.equal(told.get(net.facts.token.issuer.publicKey), null);
  assert.match(told.get('hello'), /address/);
  assert.match((await tranche.cannotReceive(network, xlm, [fresh])).get(fresh), /does not exist/);
});

test('the escrows of an address are found by its seats', async () => {
  const { ids, from, latest } = await tranche.findEscrows(network, address.resolver2);
  assert.deepEqual(ids, [all.disputes.id]);
  assert.ok(from <= latest.sequence);
  const payer = await tranche.findEscrows(network, address.payer);
  assert.ok(payer.ids.length > 100);
  const stranger = await tranche.findEscrows(network, address.stranger);
  assert.deepEqual(stranger.ids, []);
});
