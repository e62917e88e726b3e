// Which transactions the network takes, and what it says of those that it refuses.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  Account,
  Asset,
  AuthClawbackEnabledFlag,
  AuthRevocableFlag,
  Claimant,
  Keypair,
  Memo,
  Operation,
  scValToNative,
} from '@stellar/stellar-sdk';
import { altered, codes, start } from './localnet.mjs';
import { ONE } from './escrow.mjs';

const net = await start();
const { payer, provider, stranger } = net.keys;

const payment = (amount = '1') =>
  Operation.payment({ destination: provider.publicKey(), asset: Asset.native(), amount });

const tokens = async (key) =>
  BigInt((await net.server.getAssetBalance(key.publicKey(), net.usdc)).balanceEntry.amount);

const sequence = async (key) =>
  BigInt((await net.server.getAccount(key.publicKey())).sequenceNumber());

/** A payment of the payer's, changed by `change`, signed with these keys. */
async function signed(change, ...keys) {
  const draft = await net.draft(payer, payment());
  const tx = change(draft).build();
  tx.sign(...keys);
  return tx;
}

const now = async () => Number((await net.server.getLatestLedger()).closeTime);

test('a transaction of the past is too late, one of the future too early', async () => {
  const time = await now();
  const late = await signed((draft) => draft.setTimebounds(0, time - 1), payer);
  assert.deepEqual(await net.refusal(late), ['txTooLate']);
  const early = await signed((draft) => draft.setTimebounds(time + 1_000, 0), payer);
  assert.deepEqual(await net.refusal(early), ['txTooEarly']);
});

test('a transaction that is not sent before its timeout expires', async () => {
  const tx = await signed((draft) => draft.setTimeout(60), payer);
  // Afterwards time goes back: what the SDK sends expires by the clock of the machine.
  const { id } = await net.developer('localnet_snapshot');
  await net.advanceTime(120);
  assert.deepEqual(await net.refusal(tx), ['txTooLate']);
  await net.developer('localnet_restore', { id });
  assert.equal((await net.land(tx)).status, 'SUCCESS');
});

test('bounds in ledgers hold as bounds in time do', async () => {
  const { sequence } = await net.server.getLatestLedger();
  const bounded = (min, max) =>
    signed((draft) => draft.setTimeout(60).setLedgerbounds(min, max), payer);
  assert.deepEqual(await net.refusal(await bounded(sequence + 2, 0)), ['txTooEarly']);
  assert.deepEqual(await net.refusal(await bounded(0, sequence + 1)), ['txTooLate']);
  assert.equal((await net.land(await bounded(sequence + 1, sequence + 2))).status, 'SUCCESS');
});

test('sequence numbers follow each other without a gap', async () => {
  const last = await sequence(payer);
  const at = (offset) => {
    const account = new Account(payer.publicKey(), (last + offset).toString());
    const tx = net.draftFrom(account, payment()).setTimeout(60).build();
    tx.sign(payer);
    return tx;
  };
  assert.deepEqual(await net.refusal(at(-1n)), ['txBadSeq']);
  assert.deepEqual(await net.refusal(at(1n)), ['txBadSeq']);
  assert.equal((await net.land(at(0n))).status, 'SUCCESS');
});

test('a least sequence number lets a transaction leave a gap', async () => {
  const before = await sequence(payer);
  const later = new Account(payer.publicKey(), (before + 5n).toString());
  const draft = net.draftFrom(later, payment()).setTimeout(60);
  const tx = draft.setMinAccountSequence(before.toString()).build();
  tx.sign(payer);
  assert.equal((await net.land(tx)).status, 'SUCCESS');
  assert.equal(await sequence(payer), before + 6n);
});

test('a transaction needs the right signatures and no other', async () => {
  const within = (draft) => draft.setTimeout(60);
  assert.deepEqual(await net.refusal(await signed(within)), ['txBadAuth']);
  assert.deepEqual(await net.refusal(await signed(within, stranger)), ['txBadAuth']);
  assert.deepEqual(await net.refusal(await signed(within, payer, stranger)), ['txBadAuthExtra']);
  assert.equal((await net.land(await signed(within, payer))).status, 'SUCCESS');
});

test('a transaction that is signed for another network is refused', async () => {
  const tx = (await net.draft(payer, payment()))
    .setNetworkPassphrase('Another network')
    .setTimeout(60)
    .build();
  tx.sign(payer);
  assert.deepEqual(await net.refusal(tx), ['txBadAuth']);
});

test('an account that does not exist can send nothing', async () => {
  const nobody = Keypair.random();
  const tx = net.draftFrom(new Account(nobody.publicKey(), '1'), payment()).setTimeout(60).build();
  tx.sign(nobody);
  assert.deepEqual(await net.refusal(tx), ['txNoAccount']);
});

test('an operation that this network does not have is refused as such', async () => {
  const claimable = Operation.createClaimableBalance({
    asset: Asset.native(),
    amount: '1',
    claimants: [new Claimant(provider.publicKey())],
  });
  const tx = await net.build(payer, claimable);
  assert.deepEqual(await net.refusal(tx), ['txFailed', 'opNotSupported']);
});

test('a call of a contract goes alone and without a memo', async () => {
  const call = net.transfer(payer, provider, ONE);
  const two = await net.build(payer, call, payment());
  assert.deepEqual(await net.refusal(two), ['txMalformed']);
  const noted = altered(await net.prepare(payer, call), { memo: Memo.text('for the work') });
  noted.sign(payer);
  assert.deepEqual(await net.refusal(noted), ['txSorobanInvalid']);
});

test('a call that fails where its simulation did not tells why', async () => {
  const half = (await tokens(payer)) / 2n + 1n;
  const account = await net.server.getAccount(payer.publicKey());
  const prepare = async () => {
    const draft = net.draftFrom(account, net.transfer(payer, provider, half)).setTimeout(60);
    const tx = await net.server.prepareTransaction(draft.build());
    tx.sign(payer);
    return tx;
  };
  const first = await prepare();
  const second = await prepare();
  assert.equal((await net.land(first)).status, 'SUCCESS');
  const failed = await net.land(second);
  assert.equal(failed.status, 'FAILED');
  assert.deepEqual(codes(failed.resultXdr), ['txFailed', 'invokeHostFunctionTrapped']);
  assert.deepEqual(failed.events.contractEventsXdr.flat(), []);
  const topics = failed.diagnosticEventsXdr.map(({ event }) => event.body.value.topics);
  const names = topics.map(([name]) => scValToNative(name));
  assert.equal(names[0], 'fn_call');
  assert.ok(names.includes('host_fn_failed'));
  const [, error] = topics[names.indexOf('error')];
  assert.deepEqual(scValToNative(error), { type: 'contract', code: 10 });
  assert.ok(failed.resultXdr.feeCharged < BigInt(second.fee), 'what is refundable came back');
});

test('a transfer with the footprint that the SDK makes itself needs no simulation', async () => {
  const account = await net.server.getAccount(stranger.publicKey());
  const tx = net
    .draftFrom(account)
    .addSacTransferOperation(provider.publicKey(), net.usdc, ONE)
    .setTimeout(60)
    .build();
  tx.sign(stranger);
  const before = await tokens(provider);
  assert.equal((await net.land(tx)).status, 'SUCCESS');
  assert.equal((await tokens(provider)) - before, ONE);
});

test('an account under two signatures needs both', async () => {
  const shared = Keypair.random();
  await net.server.fundAddress(shared.publicKey());
  const signer = { ed25519PublicKey: stranger.publicKey(), weight: 1 };
  const thresholds = { lowThreshold: 1, medThreshold: 2, highThreshold: 2 };
  const options = Operation.setOptions({ signer, ...thresholds });
  assert.equal((await net.land(await net.build(shared, options))).status, 'SUCCESS');
  const tx = await net.build(shared, payment());
  assert.deepEqual(await net.refusal(tx), ['txFailed', 'opBadAuth']);
  tx.sign(stranger);
  assert.equal((await net.land(tx)).status, 'SUCCESS');
});

test("an issuer of one's own: trust, payment, clawback, data, sequence, merge", async () => {
  const [issuer, holder] = [Keypair.random(), Keypair.random()];
  await net.server.fundAddress(issuer.publicKey());
  const asset = new Asset('OWN', issuer.publicKey());
  const landed = async (tx) => codes((await net.land(tx)).resultXdr);
  const flags = Operation.setOptions({ setFlags: AuthRevocableFlag | AuthClawbackEnabledFlag });
  const create = Operation.createAccount({ destination: holder.publicKey(), startingBalance: '5' });
  assert.deepEqual(await landed(await net.build(issuer, flags, create)), [
    'txSuccess',
    'setOptionsSuccess',
    'createAccountSuccess',
  ]);
  const trust = await net.build(holder, Operation.changeTrust({ asset, limit: '100' }));
  assert.deepEqual(await landed(trust), ['txSuccess', 'changeTrustSuccess']);
  const paid = { destination: holder.publicKey(), asset, amount: '60' };
  const taken = { from: holder.publicKey(), asset, amount: '20' };
  const frozen = { trustor: holder.publicKey(), asset, flags: { authorized: false } };
  const issued = await net.build(
    issuer,
    Operation.payment(paid),
    Operation.clawback(taken),
    Operation.setTrustLineFlags(frozen),
    Operation.payment(paid),
  );
  assert.deepEqual(await landed(issued), [
    'txFailed',
    'paymentSuccess',
    'clawbackSuccess',
    'setTrustLineFlagsSuccess',
    'paymentNotAuthorized',
  ]);
  const again = await net.build(issuer, Operation.payment(paid), Operation.clawback(taken));
  assert.deepEqual(await landed(again), ['txSuccess', 'paymentSuccess', 'clawbackSuccess']);
  const { balanceEntry } = await net.server.getAssetBalance(holder.publicKey(), asset);
  assert.equal(balanceEntry.amount, String(40n * ONE));
  assert.ok(balanceEntry.clawback);
  const rest = await net.build(
    holder,
    Operation.payment({ destination: issuer.publicKey(), asset, amount: '40' }),
    Operation.changeTrust({ asset, limit: '0' }),
    Operation.manageData({ name: 'note', value: 'done' }),
    Operation.manageData({ name: 'note', value: null }),
    Operation.bumpSequence({ bumpTo: '0' }),
    Operation.accountMerge({ destination: issuer.publicKey() }),
  );
  assert.deepEqual(await landed(rest), [
    'txSuccess',
    'paymentSuccess',
    'changeTrustSuccess',
    'manageDataSuccess',
    'manageDataSuccess',
    'bumpSequenceSuccess',
    'accountMergeSuccess',
  ]);
  await assert.rejects(net.server.getAccount(holder.publicKey()), /Account not found/);
});
