// Every method of the SDK's `rpc.Server`.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  Account,
  Address,
  Asset,
  hash,
  Keypair,
  Networks,
  Operation,
  rpc,
  scValToNative,
  StrKey,
  xdr,
} from '@stellar/stellar-sdk';
import { codes, resources, start } from './localnet.mjs';
import { deploy, ONE, TOTAL, wasm } from './escrow.mjs';

const DIGITS = /^[0-9]+$/;
const HASH = /^[0-9a-f]{64}$/;
const NEVER_SENT = '0'.repeat(64);

const called = new Set();
const net = await start();
const { payer, provider, stranger } = net.keys;
const escrow = (await deploy(net)).options.contractId;
const server = recording(net.server);

/** The same server, that remembers what is asked of it from outside. */
function recording(server) {
  return new Proxy(server, {
    get(target, name) {
      const member = target[name];
      if (typeof member !== 'function') return member;
      called.add(name);
      return member.bind(target);
    },
  });
}

const payment = (amount = '1') =>
  Operation.payment({ destination: provider.publicKey(), asset: Asset.native(), amount });

const transfer = (amount) => net.transfer(payer, provider, amount);

const accountKey = (key) =>
  xdr.LedgerKey.account(new xdr.LedgerKeyAccount({ accountId: key.xdrPublicKey() }));

test('getHealth tells which ledgers there are', async () => {
  const health = await server.getHealth();
  assert.equal(health.status, 'healthy');
  assert.ok(health.oldestLedger <= health.latestLedger);
  assert.ok(health.ledgerRetentionWindow > 0);
});

test('getNetwork tells what the transactions are signed for', async () => {
  assert.deepEqual(await server.getNetwork(), {
    friendbotUrl: net.facts.friendbotUrl,
    passphrase: Networks.STANDALONE,
    protocolVersion: 29,
  });
});

test('getVersionInfo tells what is running', async () => {
  const info = await server.getVersionInfo();
  assert.equal(info.protocolVersion, 29);
  for (const name of ['version', 'commitHash', 'buildTimestamp', 'captiveCoreVersion']) {
    assert.equal(typeof info[name], 'string', name);
  }
});

test('getFeeStats tells that nobody pays more than the least fee here', async () => {
  const stats = await server.getFeeStats();
  for (const kind of ['sorobanInclusionFee', 'inclusionFee']) {
    const { ledgerCount, transactionCount, ...fees } = stats[kind];
    assert.ok(ledgerCount > 0);
    assert.match(transactionCount, DIGITS);
    assert.equal(Object.keys(fees).length, 14);
    for (const [name, fee] of Object.entries(fees)) assert.equal(fee, '100', `${kind}.${name}`);
  }
  assert.ok(stats.latestLedger > 0);
});

test('getLatestLedger gives the header of the ledger that it names', async () => {
  const latest = await server.getLatestLedger();
  const { ledgerHeader } = latest.metadataXdr.value;
  assert.equal(latest.protocolVersion, 29);
  assert.equal(latest.headerXdr.ledgerSeq, latest.sequence);
  assert.equal(latest.id, Buffer.from(hash(latest.headerXdr.toXdr())).toString('hex'));
  assert.equal(latest.closeTime, latest.headerXdr.scpValue.closeTime.toString());
  assert.deepEqual(ledgerHeader.header, latest.headerXdr);
});

test('getLedgers gives all ledgers page by page, each chained to the one before', async () => {
  const { latestLedger, oldestLedger } = await server.getHealth();
  const pagination = { limit: 3 };
  let page = await server.getLedgers({ startLedger: oldestLedger, pagination });
  const ledgers = [...page.ledgers];
  while (Number(page.cursor) < latestLedger) {
    page = await server.getLedgers({ pagination: { ...pagination, cursor: page.cursor } });
    assert.ok(page.ledgers.length <= 3);
    ledgers.push(...page.ledgers);
  }
  assert.deepEqual(
    ledgers.map(({ sequence }) => sequence),
    Array.from({ length: latestLedger - oldestLedger + 1 }, (_, i) => oldestLedger + i),
  );
  for (const [i, { hash, headerXdr }] of ledgers.entries()) {
    assert.equal(headerXdr.hash.toString(), hash);
    if (i > 0) assert.equal(headerXdr.header.previousLedgerHash.toString(), ledgers[i - 1].hash);
  }
});

test('getAccount counts the transactions of an account', async () => {
  const sequence = async () =>
    BigInt((await server.getAccount(payer.publicKey())).sequenceNumber());
  const before = await sequence();
  await net.land(await net.build(payer, payment()));
  assert.equal(await sequence(), before + 1n);
  const nobody = Keypair.random().publicKey();
  await assert.rejects(server.getAccount(nobody), { message: `Account not found: ${nobody}` });
});

test('getAccountEntry gives what the ledger holds of an account', async () => {
  const balance = async () => (await server.getAccountEntry(payer.publicKey())).balance;
  const before = await balance();
  await net.land(await net.build(payer, payment()));
  assert.equal(before - (await balance()), ONE + 100n);
});

test('getTrustline gives a line of an account, or says that there is none', async () => {
  const line = await server.getTrustline(payer.publicKey(), net.usdc);
  assert.deepEqual(line.asset, net.usdc.toTrustLineXdrObject());
  const other = new Asset('NONE', payer.publicKey());
  await assert.rejects(server.getTrustline(payer.publicKey(), other), /Trustline for NONE/);
});

test('getClaimableBalance finds none, for this network has none', async () => {
  const id = StrKey.encodeClaimableBalance(Buffer.alloc(33));
  await assert.rejects(server.getClaimableBalance(id), /not found/);
});

test('getAssetBalance gives the token of an account and of a contract', async () => {
  const { balanceEntry } = await server.getAssetBalance(stranger.publicKey(), net.usdc);
  assert.equal(balanceEntry.amount, String(1_000_000n * ONE));
  assert.ok(balanceEntry.authorized);
  const ofContract = await server.getAssetBalance(escrow, net.usdc, net.passphrase);
  assert.equal(ofContract.balanceEntry, undefined);
});

test('getSACBalance gives what a contract holds', async () => {
  await server.fundAddress(escrow);
  const { balanceEntry } = await server.getSACBalance(escrow, Asset.native());
  assert.equal(balanceEntry.amount, String(10_000n * ONE));
  assert.ok(balanceEntry.authorized);
  assert.ok(balanceEntry.liveUntilLedgerSeq > balanceEntry.lastModifiedLedgerSeq);
});

test('getContractData gives an entry, or says that there is none', async () => {
  const key = xdr.ScVal.scvLedgerKeyContractInstance();
  const entry = await server.getContractData(escrow, key);
  assert.equal(entry.val.value.val.type, 'scvContractInstance');
  assert.ok(entry.liveUntilLedgerSeq > entry.lastModifiedLedgerSeq);
  const temporary = server.getContractData(escrow, key, rpc.Durability.Temporary);
  await assert.rejects(temporary, { code: 404 });
});

test('getContractInstance gives the hash of the code', async () => {
  const { executable } = await server.getContractInstance(escrow);
  assert.equal(executable.wasmHash.toString(), Buffer.from(hash(await wasm())).toString('hex'));
});

test('getContractWasmByContractId gives the code as it was uploaded', async () => {
  assert.deepEqual(Buffer.from(await server.getContractWasmByContractId(escrow)), await wasm());
  await assert.rejects(server.getContractWasmByContractId(net.token), { code: 400 });
});

test('getContractWasmByHash gives the code as it was uploaded', async () => {
  const hex = Buffer.from(hash(await wasm())).toString('hex');
  assert.deepEqual(Buffer.from(await server.getContractWasmByHash(hex, 'hex')), await wasm());
  await assert.rejects(server.getContractWasmByHash(new Uint8Array(32)), { code: 404 });
});

test('getExternalRefWasmHash looks a tag up where its owner would keep it', async () => {
  const executableOwner = new Address(escrow).toScAddress();
  const ref = new xdr.ContractExecutableExternalRef({ executableOwner, tag: 'latest' });
  await assert.rejects(server.getExternalRefWasmHash(ref), { code: 404 });
});

test('getContractMethods lists the entry points of a contract and of the token', async () => {
  const methods = await server.getContractMethods(escrow);
  const read = methods.find(({ name }) => name === 'get_milestone');
  assert.deepEqual(read, {
    name: 'get_milestone',
    inputs: [{ name: 'i', type: 'U32' }],
    outputs: ['Milestone'],
    doc: 'Everything about one milestone.',
  });
  const ofToken = await server.getContractMethods(net.token);
  assert.ok(ofToken.some(({ name }) => name === 'transfer'));
});

test('queryContract reads without an account', async () => {
  const { result, isReadCall } = await server.queryContract(escrow, 'get_escrow');
  assert.equal(result.totals.amount, TOTAL);
  assert.ok(isReadCall);
  const id = stranger.publicKey();
  const ofToken = await server.queryContract(net.token, 'balance', { id });
  assert.equal(ofToken.result, 1_000_000n * ONE);
});

test('getLedgerEntries keeps the order and leaves out what is not there', async () => {
  const keys = [provider, Keypair.random(), payer].map(accountKey);
  const { entries, latestLedger } = await server.getLedgerEntries(...keys);
  assert.deepEqual(
    entries.map(({ key }) => key),
    [keys[0], keys[2]],
  );
  for (const entry of entries) {
    assert.ok(entry.lastModifiedLedgerSeq <= latestLedger);
    assert.ok(!('liveUntilLedgerSeq' in entry), 'an account lives for ever');
  }
});

test('getLedgerEntry gives the one that is there', async () => {
  const { val } = await server.getLedgerEntry(accountKey(payer));
  assert.equal(val.type, 'account');
  await assert.rejects(server.getLedgerEntry(accountKey(Keypair.random())), /failed to find/);
});

test('simulateTransaction tells the result, the cost, the changes and the events', async () => {
  const tx = (await net.draft(payer, transfer(5n))).setTimeout(30).build();
  const simulation = await server.simulateTransaction(tx);
  assert.ok(rpc.Api.isSimulationSuccess(simulation));
  assert.ok(!rpc.Api.isSimulationRestore(simulation));
  assert.match(simulation.minResourceFee, DIGITS);
  assert.equal(simulation.result.retval.type, 'scvVoid');
  assert.deepEqual(
    simulation.result.auth.map(({ credentials }) => credentials.type),
    ['sorobanCredentialsSourceAccount'],
  );
  assert.deepEqual(
    simulation.stateChanges.map(({ type, key }) => `${type} ${key.type}`),
    ['updated trustline', 'updated trustline'],
  );
  for (const { before, after } of simulation.stateChanges) {
    const difference = after.data.value.balance - before.data.value.balance;
    assert.ok(difference === 5n || difference === -5n);
  }
  const names = simulation.events.map(({ event }) => scValToNative(event.body.value.topics[0]));
  assert.deepEqual(names, ['fn_call', 'transfer', 'fn_return']);
  const leeway = await server.simulateTransaction(tx, { cpuInstructions: 5_000_000 });
  const instructions = ({ transactionData }) => transactionData.build().resources.instructions;
  assert.ok(instructions(leeway) - instructions(simulation) > 4_000_000);
});

test('prepareTransaction adds what the simulation says that it takes', async () => {
  const tx = (await net.draft(payer, transfer(5n))).setTimeout(30).build();
  const prepared = await server.prepareTransaction(tx);
  assert.equal(BigInt(prepared.fee), resources(prepared).resourceFee + 100n);
  const tooMuch = (await net.draft(payer, transfer(2_000_000n * ONE))).setTimeout(30).build();
  await assert.rejects(server.prepareTransaction(tooMuch), /Error\(Contract, #10\)/);
});

test('sendTransaction takes what is valid, once', async () => {
  const tx = await net.build(payer, payment());
  const sent = await server.sendTransaction(tx);
  assert.equal(sent.status, 'PENDING');
  assert.equal(sent.hash, Buffer.from(tx.hash()).toString('hex'));
  assert.match(sent.latestLedgerCloseTime, DIGITS);
  assert.equal((await server.sendTransaction(tx)).status, 'TRY_AGAIN_LATER');
  const unsigned = (await net.draft(payer, payment())).setTimeout(30).build();
  const { status, errorResult } = await server.sendTransaction(unsigned);
  assert.equal(status, 'ERROR');
  assert.deepEqual(codes(errorResult), ['txBadAuth']);
});

test('pollTransaction has the result at once, for the ledger is closed already', async () => {
  const { hash } = await server.sendTransaction(await net.build(payer, payment()));
  const sleepStrategy = () => assert.fail('it need not wait');
  assert.equal((await server.pollTransaction(hash, { sleepStrategy })).status, 'SUCCESS');
});

test('pollTransaction gives up on what was never sent', async () => {
  const patience = { attempts: 3, sleepStrategy: () => 1 };
  assert.equal((await server.pollTransaction(NEVER_SENT, patience)).status, 'NOT_FOUND');
});

test('getTransaction gives all that is known of one', async () => {
  const tx = await net.prepare(payer, transfer(7n));
  const { hash } = await server.sendTransaction(tx);
  const found = await server.getTransaction(hash);
  assert.equal(found.status, 'SUCCESS');
  assert.equal(found.txHash, hash);
  assert.equal(found.ledger, found.latestLedger);
  assert.equal(found.applicationOrder, 1);
  assert.equal(found.feeBump, false);
  assert.equal(found.createdAt, found.latestLedgerCloseTime);
  assert.deepEqual(found.envelopeXdr, tx.toEnvelope());
  assert.deepEqual(codes(found.resultXdr), ['txSuccess', 'invokeHostFunctionSuccess']);
  assert.equal(found.returnValue.type, 'scvVoid');
  const topics = (event) => event.body.value.topics.map(scValToNative);
  const [[said]] = found.events.contractEventsXdr;
  assert.deepEqual(topics(said).slice(0, 3), ['transfer', payer.publicKey(), provider.publicKey()]);
  const fees = found.events.transactionEventsXdr;
  assert.deepEqual(
    fees.map(({ stage, event }) => [stage.name, ...topics(event)]),
    [
      ['transactionEventStageBeforeAllTxs', 'fee', payer.publicKey()],
      ['transactionEventStageAfterAllTxs', 'fee', payer.publicKey()],
    ],
  );
});

test('getTransaction does not find what was never sent', async () => {
  const missing = await server.getTransaction(NEVER_SENT);
  assert.equal(missing.status, 'NOT_FOUND');
  assert.ok(missing.oldestLedger < missing.latestLedger);
});

test('getTransactions gives all transactions page by page', async () => {
  const { latestLedger, oldestLedger } = await server.getHealth();
  const all = await server.getTransactions({ startLedger: oldestLedger });
  assert.equal(all.latestLedger, latestLedger);
  for (const { txHash, createdAt, ledger } of all.transactions) {
    assert.match(txHash, HASH);
    assert.equal(typeof createdAt, 'number');
    assert.ok(ledger >= oldestLedger && ledger <= latestLedger);
  }
  const limit = 4;
  const paged = [];
  let page = await server.getTransactions({ startLedger: oldestLedger, pagination: { limit } });
  while (page.transactions.length > 0) {
    assert.ok(page.transactions.length <= limit);
    paged.push(...page.transactions);
    page = await server.getTransactions({ pagination: { limit, cursor: page.cursor } });
  }
  assert.deepEqual(paged, all.transactions);
});

test('getEvents gives what a contract said', async () => {
  const { ledger } = await net.land(await net.prepare(payer, transfer(9n)));
  const filters = [{ type: 'contract', contractIds: [net.token] }];
  const { events, latestLedger } = await server.getEvents({ startLedger: ledger, filters });
  assert.equal(latestLedger, ledger);
  const [event] = events;
  assert.equal(event.contractId.contractId(), net.token);
  assert.equal(scValToNative(event.topic[0]), 'transfer');
  assert.equal(scValToNative(event.value), 9n);
});

test('requestAirdrop creates an account, and takes one that is there', async () => {
  const key = Keypair.random();
  const created = await server.requestAirdrop(key.publicKey());
  assert.ok(created instanceof Account);
  const found = await server.getAccount(key.publicKey());
  assert.equal(created.sequenceNumber(), found.sequenceNumber());
  const again = await server.requestAirdrop(key.publicKey());
  assert.equal(again.sequenceNumber(), found.sequenceNumber());
  const { balance } = await server.getAccountEntry(key.publicKey());
  assert.equal(balance, 10_000n * ONE);
});

test('fundAddress funds an account once, and a contract as often as asked', async () => {
  const key = Keypair.random();
  assert.equal((await server.fundAddress(key.publicKey())).status, 'SUCCESS');
  await assert.rejects(server.fundAddress(key.publicKey()), /account already funded/);
  const contractId = StrKey.encodeContract(Buffer.alloc(32, 7));
  await server.fundAddress(contractId);
  await server.fundAddress(contractId);
  const { balanceEntry } = await server.getSACBalance(contractId, Asset.native());
  assert.equal(balanceEntry.amount, String(20_000n * ONE));
});

test('every public method of rpc.Server has been called', () => {
  const methods = Object.getOwnPropertyNames(rpc.Server.prototype);
  const isPublic = (name) => name !== 'constructor' && !name.startsWith('_');
  assert.deepEqual([...called].sort(), methods.filter(isPublic).sort());
});
