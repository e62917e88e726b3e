// What transactions pay, and who pays it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  Asset,
  Keypair,
  Operation,
  SorobanDataBuilder,
  TransactionBuilder,
} from '@stellar/stellar-sdk';
import { altered, codes, resources, start } from './localnet.mjs';
import { ONE } from './escrow.mjs';

const net = await start();
const { payer, provider, stranger } = net.keys;

const payment = (amount = '1') =>
  Operation.payment({ destination: provider.publicKey(), asset: Asset.native(), amount });

test('less than the least fee is not enough', async () => {
  const account = await net.server.getAccount(payer.publicKey());
  const options = { fee: '99', networkPassphrase: net.passphrase };
  const builder = new TransactionBuilder(account, options).addOperation(payment());
  const tx = builder.setTimeout(60).build();
  tx.sign(payer);
  assert.deepEqual(await net.refusal(tx), ['txInsufficientFee']);
});

test("less than what a contract's resources cost is not enough", async () => {
  const prepared = await net.prepare(payer, net.transfer(payer, provider, ONE));
  const cheap = new SorobanDataBuilder(resources(prepared)).setResourceFee(1_000n).build();
  const tx = altered(prepared, { sorobanData: cheap });
  tx.sign(payer);
  assert.deepEqual(await net.refusal(tx), ['txSorobanInvalid']);
});

test('an account cannot pay a fee that it does not have', async () => {
  const poor = Keypair.random();
  const create = { destination: poor.publicKey(), startingBalance: '1.00001' };
  await net.land(await net.build(payer, Operation.createAccount(create)));
  const [merge, data] = [
    Operation.accountMerge({ destination: payer.publicKey() }),
    Operation.manageData({ name: 'note', value: null }),
  ];
  assert.deepEqual(await net.refusal(await net.build(poor, data, merge)), [
    'txInsufficientBalance',
  ]);
  assert.equal((await net.land(await net.build(poor, merge))).status, 'SUCCESS');
});

test('one operation that fails undoes the others, and the fee is paid', async () => {
  const before = await net.stroops(payer);
  const tx = await net.build(payer, payment('1'), payment('1000000'));
  const { resultXdr, status } = await net.land(tx);
  assert.equal(status, 'FAILED');
  assert.deepEqual(codes(resultXdr), ['txFailed', 'paymentSuccess', 'paymentUnderfunded']);
  assert.equal(before - (await net.stroops(payer)), 200n);
});

test('a sponsor pays the fee of a call', async () => {
  const inner = await net.prepare(payer, net.transfer(payer, provider, ONE));
  const bump = TransactionBuilder.buildFeeBumpTransaction(stranger, '200', inner, net.passphrase);
  bump.sign(stranger);
  const before = { payer: await net.stroops(payer), stranger: await net.stroops(stranger) };
  const landed = await net.land(bump);
  assert.ok(landed.feeBump);
  assert.deepEqual(codes(landed.resultXdr), [
    'txFeeBumpInnerSuccess',
    'txSuccess',
    'invokeHostFunctionSuccess',
  ]);
  assert.equal(landed.returnValue.type, 'scvVoid');
  assert.equal(await net.stroops(payer), before.payer);
  assert.equal(before.stranger - (await net.stroops(stranger)), landed.resultXdr.feeCharged);
  const byInnerHash = await net.server.getTransaction(Buffer.from(inner.hash()).toString('hex'));
  assert.equal(byInnerHash.status, 'SUCCESS');
});

test('a sponsor that does not sign, or does not exist, is refused', async () => {
  const inner = await net.build(payer, payment());
  const bump = (sponsor, ...signers) => {
    const tx = TransactionBuilder.buildFeeBumpTransaction(sponsor, '100', inner, net.passphrase);
    tx.sign(...signers);
    return tx;
  };
  const nobody = Keypair.random();
  assert.deepEqual(await net.refusal(bump(stranger)), ['txBadAuth']);
  assert.deepEqual(await net.refusal(bump(stranger, payer)), ['txBadAuth']);
  assert.deepEqual(await net.refusal(bump(nobody, nobody)), ['txNoAccount']);
});

test('an inner transaction that fails is told as one', async () => {
  const inner = await net.build(payer, payment('1000000'));
  const bump = TransactionBuilder.buildFeeBumpTransaction(stranger, '100', inner, net.passphrase);
  bump.sign(stranger);
  const { status, resultXdr } = await net.land(bump);
  assert.equal(status, 'FAILED');
  assert.deepEqual(codes(resultXdr), ['txFeeBumpInnerFailed', 'txFailed', 'paymentUnderfunded']);
});

test('what a call costs is what its simulation says, less what comes back', async () => {
  const prepared = await net.prepare(stranger, net.transfer(stranger, provider, ONE));
  const before = await net.stroops(stranger);
  const { resultXdr, resultMetaXdr } = await net.land(prepared);
  const fees = resultMetaXdr.value.sorobanMeta.ext.value;
  assert.ok(resultXdr.feeCharged <= BigInt(prepared.fee));
  assert.equal(
    resultXdr.feeCharged,
    100n + fees.totalNonRefundableResourceFeeCharged + fees.totalRefundableResourceFeeCharged,
  );
  assert.equal(before - (await net.stroops(stranger)), resultXdr.feeCharged);
});
