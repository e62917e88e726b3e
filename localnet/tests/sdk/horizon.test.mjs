// The part of Horizon that wallets use, through the SDK's `Horizon.Server`.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Horizon, Keypair, NotFoundError, Operation } from '@stellar/stellar-sdk';
import { start } from './localnet.mjs';
import { ONE } from './escrow.mjs';

const net = await start();
const { payer, provider } = net.keys;
const horizon = new Horizon.Server(net.facts.horizonUrl, { allowHttp: true });

const payment = (amount) =>
  Operation.payment({ destination: provider.publicKey(), asset: net.usdc, amount });

test('an account is loaded with its balances, and goes on from its sequence number', async () => {
  const account = await horizon.loadAccount(payer.publicKey());
  assert.equal(account.accountId(), payer.publicKey());
  const line = account.balances.find(({ asset_code }) => asset_code === 'USDC');
  assert.equal(line.asset_issuer, net.issuer.publicKey());
  assert.equal(line.balance, '1000000.0000000');
  assert.ok(account.balances.some(({ asset_type }) => asset_type === 'native'));
  const known = await net.server.getAccount(payer.publicKey());
  assert.equal(account.sequenceNumber(), known.sequenceNumber());
});

test('an account that is not there is not found', async () => {
  await assert.rejects(horizon.loadAccount(Keypair.random().publicKey()), NotFoundError);
});

test('accounts are found by whoever signs for them', async () => {
  const { records } = await horizon.accounts().forSigner(payer.publicKey()).call();
  assert.deepEqual(
    records.map(({ id }) => id),
    [payer.publicKey()],
  );
});

test('fees are told as they are', async () => {
  const stats = await horizon.feeStats();
  assert.equal(stats.last_ledger_base_fee, '100');
  assert.equal(stats.max_fee.mode, '100');
  assert.equal(await horizon.fetchBaseFee(), 100);
});

test('a transaction is submitted, and its result told', async () => {
  const account = await horizon.loadAccount(payer.publicKey());
  const tx = net.draftFrom(account, payment('2.5')).setTimeout(60).build();
  tx.sign(payer);
  const submitted = await horizon.submitTransaction(tx);
  assert.ok(submitted.successful);
  const found = await net.server.getTransaction(submitted.hash);
  assert.equal(found.ledger, submitted.ledger);
  assert.equal(found.resultXdr.toXdr('base64'), submitted.result_xdr);
});

test('a transaction that is refused tells its codes', async () => {
  const account = await horizon.loadAccount(payer.publicKey());
  const tx = net.draftFrom(account, payment('9999999')).setTimeout(60).build();
  const refused = async () => {
    const { response } = await horizon.submitTransaction(tx).catch((error) => error);
    assert.equal(response.status, 400);
    return response.data.extras.result_codes;
  };
  assert.deepEqual(await refused(), { transaction: 'tx_bad_auth' });
  tx.sign(payer);
  assert.deepEqual(await refused(), { transaction: 'tx_failed', operations: ['op_underfunded'] });
});

test('friendbot funds an account', async () => {
  const key = Keypair.random();
  await horizon.friendbot(key.publicKey()).call();
  const { balance } = await net.server.getAccountEntry(key.publicKey());
  assert.equal(balance, 10_000n * ONE);
});
