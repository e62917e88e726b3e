// Ledgers that close by the clock: what is sent waits, as it does on public networks.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Asset, BASE_FEE, Operation, TransactionBuilder } from '@stellar/stellar-sdk';
import { start } from './localnet.mjs';
import { assembleDeploy, upload } from './escrow.mjs';

const net = await start('--block-time', '1');
const { admin, payer, provider, stranger } = net.keys;

const payment = () =>
  Operation.payment({ destination: provider.publicKey(), asset: Asset.native(), amount: '1' });

/** Begins with a fresh ledger, so that none closes in the middle. */
async function nextLedger() {
  const { sequence } = await net.server.getLatestLedger();
  while ((await net.server.getLatestLedger()).sequence === sequence) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('ledgers close without any transaction', async () => {
  await nextLedger();
  const { sequence } = await net.server.getLatestLedger();
  await nextLedger();
  assert.equal((await net.server.getLatestLedger()).sequence, sequence + 1);
});

test('what is sent is found once its ledger has closed', async () => {
  const tx = await net.build(payer, payment());
  await nextLedger();
  const { hash, status, latestLedger } = await net.server.sendTransaction(tx);
  assert.equal(status, 'PENDING');
  assert.equal((await net.server.getTransaction(hash)).status, 'NOT_FOUND');
  const landed = await net.server.pollTransaction(hash, { sleepStrategy: () => 100 });
  assert.equal(landed.status, 'SUCCESS');
  assert.equal(landed.ledger, latestLedger + 1);
});

test('while one waits none of its account is taken but one that pays ten times as much for it', async () => {
  const account = await net.server.getAccount(payer.publicKey());
  const next = () => {
    const tx = net.draftFrom(account, payment()).setTimeout(60).build();
    tx.sign(payer);
    return tx;
  };
  const [first, second] = [next(), next()];
  const bump = (fee) => {
    const tx = TransactionBuilder.buildFeeBumpTransaction(stranger, fee, first, net.passphrase);
    tx.sign(stranger);
    return tx;
  };
  await nextLedger();
  assert.deepEqual(await net.refusal(first), ['PENDING']);
  assert.deepEqual(await net.refusal(first), ['DUPLICATE']);
  assert.deepEqual(await net.refusal(second), ['TRY_AGAIN_LATER']);
  assert.deepEqual(await net.refusal(bump(BASE_FEE)), ['txInsufficientFee']);
  const landed = await net.land(bump('1000'));
  assert.ok(landed.feeBump);
});

test('transactions of several accounts share a ledger', async () => {
  const txs = await Promise.all([payer, stranger, admin].map((key) => net.build(key, payment())));
  await nextLedger();
  const landed = await Promise.all(txs.map((tx) => net.land(tx)));
  assert.equal(new Set(landed.map(({ ledger }) => ledger)).size, 1);
  const order = landed.map(({ applicationOrder }) => applicationOrder);
  assert.deepEqual(order.sort(), [1, 2, 3]);
});

test('a client waits for its transaction', async () => {
  const assembled = await assembleDeploy(net, await upload(net, admin));
  const seen = [];
  const watcher = {
    onSubmitted: ({ status }) => seen.push(status),
    onProgress: ({ status }) => seen.push(status),
  };
  await nextLedger();
  const { result } = await assembled.signAndSend({ watcher });
  assert.deepEqual([seen[0], seen[1], seen.at(-1)], ['PENDING', 'NOT_FOUND', 'SUCCESS']);
  assert.equal((await result.get_escrow()).result.state.tag, 'AwaitingFunds');
});
