// What happened, and every movement of money, from events alone.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { Keypair, nativeToScVal, xdr } from '@stellar/stellar-sdk';
import * as tranche from 'tranche-client';
import { milestone, ONE, start } from './localnet.mjs';
import { proxy } from './proxy.mjs';
import { Scene, scenes } from './scenes.mjs';
import { EVENTS } from '../dist/sentences.js';

const { calls } = tranche;
const net = await start();
await net.upload();
const { network, address } = net;
const { time } = await tranche.latestLedger(network);
const all = await scenes(net, time);

/** What came in less what went out. */
const balanceOf = (receipts, id) =>
  receipts.reduce((sum, { from, to, amount }) => {
    if (to === id) return sum + amount;
    return from === id ? sum - amount : sum;
  }, 0n);

for (const name of Object.keys(all)) {
  test(`${name}: the movements of money sum to what the escrow holds`, async () => {
    const state = await all[name].read();
    const history = await tranche.readHistory(network, state);
    const receipts = tranche.receiptsOf(history, state);
    assert.equal(balanceOf(receipts, state.id), state.balances.balance);
    assert.equal(history.rows[0].event, 'created');
    for (const row of history.rows) {
      assert.match(row.what, /^[A-Z0-9].*[.”]$/, row.what);
      assert.ok(!row.what.includes('undefined'), row.what);
      assert.match(row.transaction, /^[0-9a-f]{64}$/);
    }
  });
}

test('a deposit, a payout that fails, a split, claimed fees and a withdrawal', async () => {
  const late = Keypair.random();
  await fetch(`${net.facts.friendbotUrl}?addr=${late.publicKey()}`);
  const scene = await Scene.of(net, 'money', {
    roles: { dispute_resolvers: [address.resolver] },
    milestones: [
      milestone('Unpayable', 10n * ONE, { receiver: late.publicKey() }),
      milestone('Split', 20n * ONE, { receiver: address.receiver }),
    ],
  });
  await net.send(address.stranger, scene.id, 100n * ONE);
  await scene.do('payer', (state) => calls.countDeposit(state, 0));
  await scene.fund(1);
  await scene.vote('approver', 'approve', 0);
  await scene.vote('signer', 'release', 0);
  await scene.dispute('receiver', 1);
  await scene.split('resolver', 'resolve', 1, 5n * ONE);
  await scene.do('platform', (_, owner) => calls.claim(owner, []));
  await scene.do('payer', (state) => calls.withdraw(state));
  const state = await scene.read();
  const history = await tranche.readHistory(network, state);
  const receipts = tranche.receiptsOf(history, state);
  assert.equal(balanceOf(receipts, state.id), state.balances.balance);
  assert.equal(state.balances.balance, 10n * ONE, 'what the receiver has yet to claim');
  const told = receipts.map(({ what, amount, milestone: index }) => [what, amount, index]);
  assert.deepEqual(told, [
    ['Deposit', 100n * ONE, null],
    ['Funding', 205n * (ONE / 10n), null],
    ['Payout', 5n * ONE, 1],
    ['Refund', 20n * ONE + ONE / 2n - 5n * ONE - ONE / 8n, 1],
    ['Fees', ONE / 4n + ONE / 8n, null],
    ['Withdrawal', 100n * ONE - 1025n * (ONE / 100n), null],
  ]);
  const deposit = history.rows.find(({ event }) => event === 'deposit');
  assert.equal(deposit.who, address.stranger);
  assert.equal(deposit.what, 'Sent 100 USDC straight to the escrow’s address.');
  const credited = history.rows.find(({ event }) => event === 'credited');
  assert.match(credited.what, /Could not be paid 10 USDC for milestone 0/);
  const released = history.rows.find(({ event }) => event === 'released');
  assert.deepEqual(released.milestones, [0]);
  assert.equal(
    released.what,
    'Milestone 0: 10 USDC to the receiver, 0.25 USDC as fee to the platform.',
  );
});

test('what the issuer of the asset sends is a deposit, and what it funds is not', async () => {
  const { publicKey: issuer, secretKey } = net.facts.token.issuer;
  net.wallet[issuer] = tranche.keyWallet(secretKey, network.passphrase);
  const scene = await Scene.of(net, 'issued', { roles: { payer: issuer } });
  await net.send(issuer, scene.id, 7n * ONE);
  await net.call(issuer, scene.id, calls.fund(await scene.read(), 0));
  const state = await scene.read();
  const history = await tranche.readHistory(network, state);
  const receipts = tranche.receiptsOf(history, state);
  assert.equal(balanceOf(receipts, state.id), state.balances.balance);
  assert.deepEqual(
    receipts.map(({ what, from, amount }) => [what, from, amount]),
    [
      ['Deposit', issuer, 7n * ONE],
      ['Funding', issuer, 1_025n * ONE],
    ],
  );
});

test('what a token tells that is no sum is no row', async () => {
  const state = await all.buyer.read();
  const known = await tranche.readHistory(network, state);
  const holder = nativeToScVal(state.id, { type: 'address' });
  const named = (...topics) => topics.map((one) => one.toXdr('base64'));
  const symbol = (name) => xdr.ScVal.scvSymbol(name);
  const odd = [
    [named(symbol('transfer'), xdr.ScVal.scvVoid(), holder), nativeToScVal(1n, { type: 'i128' })],
    [named(symbol('transfer'), holder, holder), xdr.ScVal.scvVoid()],
    [named(symbol('clawback'), holder), nativeToScVal('much')],
    [named(symbol('mint'), holder), xdr.ScVal.scvVec([])],
  ];
  const server = await proxy(network, async ({ method }, forward) => {
    const answer = await forward();
    if (method !== 'getEvents') return answer;
    const forged = odd.map(([topic, value]) => ({
      ...answer.events.at(-1),
      txHash: 'ab'.repeat(32),
      contractId: state.token.address,
      topic,
      value: value.toXdr('base64'),
    }));
    return { ...answer, events: [...answer.events, ...forged] };
  });
  assert.deepEqual((await tranche.readHistory(server, state)).rows, known.rows);
  server.close();
});

test('each refund went to who was the payer then, and a clawback is a movement, too', async () => {
  const state = await all.disputes.read();
  const { rows } = await tranche.readHistory(network, state);
  const refunded = rows.findIndex(({ event }) => event === 'refunded');
  const rotated = {
    ...rows[0],
    event: 'rotated',
    who: 'the former payer',
    data: { role: 'Payer', from: 'the former payer', to: address.payer },
  };
  const clawed = { ...rows[0], event: 'clawback', who: '', data: { amount: 3n } };
  const told = [...rows.slice(0, refunded + 1), rotated, clawed];
  const receipts = tranche.receiptsOf({ rows: told, from: 0, to: 0 }, state);
  assert.equal(receipts.find(({ event }) => event === 'refunded').to, 'the former payer');
  assert.deepEqual(
    receipts.slice(-1).map(({ what, from, amount }) => [what, from, amount]),
    [['Clawback', state.id, 3n]],
  );
});

test('receipts are written as CSV that any program reads', async () => {
  const state = await all.review.read();
  const receipts = tranche.receiptsOf(await tranche.readHistory(network, state), state);
  const csv = tranche.receiptsCsv(receipts, state.token);
  const lines = csv.split('\r\n');
  assert.equal(
    lines[0],
    'ledger,closed_at,transaction,event,what,milestone,from,to,amount,token,token_contract',
  );
  assert.equal(lines.length, receipts.length + 2);
  assert.equal(lines.at(-1), '');
  const payout = lines.find((line) => line.includes('Payout')).split(',');
  assert.equal(payout[8], '7.0000001');
  assert.equal(payout[7], address.receiver);
  const odd = { ...receipts[0], what: '=1+1', event: 'a "b", c' };
  assert.match(tranche.receiptsCsv([odd], state.token), /"a ""b"", c",'=1\+1,/);
});

test('there is a sentence for every event of the contract', async () => {
  const page = await readFile(new URL('../../../docs/events.md', import.meta.url), 'utf8');
  const names = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
  assert.ok(names.length > 20);
  assert.deepEqual(
    names.filter((name) => !EVENTS.includes(name)),
    [],
  );
});
