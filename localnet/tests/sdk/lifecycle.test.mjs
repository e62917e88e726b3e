// A whole escrow, every role signing for itself.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contract } from '@stellar/stellar-sdk';
import { start } from './localnet.mjs';
import {
  as,
  assembleDeploy,
  GROSS,
  milestone,
  ONE,
  payout,
  terms,
  TOTAL,
  upload,
} from './escrow.mjs';

const DAY = 86_400;

const net = await start();
const { admin, approver, payer, platform, provider, receiver, resolver, signer, stranger } =
  net.keys;
const wasmHash = await upload(net, admin);
const token = await contract.Client.from({ ...net.signingAs(payer), contractId: net.token });

const deployed = async (args) =>
  (await (await assembleDeploy(net, wasmHash, args)).signAndSend()).result;

/** Makes a call in the name of the key that signs it. */
async function call(client, key, method, args, options) {
  const assembled = await as(net, client, key)[method](args, options);
  const { getTransactionResponse } = await assembled.signAndSend();
  assert.equal(getTransactionResponse.status, 'SUCCESS', method);
}

async function balances(...holders) {
  const all = holders.map(async (id) => (await token.balance({ id })).result);
  return Promise.all(all);
}

const report = (index, tag) => ({
  milestone: index,
  status: { tag },
  note: 'done',
  evidence: null,
});

test('a milestone after the other is funded, done, approved and paid', async () => {
  const client = await deployed();
  const holders = [payer, provider, platform].map((key) => key.publicKey());
  holders.push(client.options.contractId);
  const before = await balances(...holders);
  const [providers, approvers, signers] = [provider, approver, signer].map((key) =>
    key.publicKey(),
  );

  await call(client, payer, 'fund', {
    payer: payer.publicKey(),
    through: 1,
    amount: GROSS,
    revision: 0,
  });
  for (const index of [0, 1]) {
    const updates = [report(index, 'Completed')];
    await call(client, provider, 'change_status', { provider: providers, updates });
    const payouts = [await payout(client, index)];
    await call(client, approver, 'approve', { approver: approvers, payouts });
    await call(client, signer, 'release', { signer: signers, payouts });
  }
  assert.equal((await client.get_escrow()).result.state.tag, 'Completed');
  await call(client, platform, 'claim', { owner: platform.publicKey(), milestones: [], to: null });

  const after = await balances(...holders);
  const fee = GROSS - TOTAL;
  assert.deepEqual(
    after.map((balance, i) => balance - before[i]),
    [-GROSS, TOTAL, fee, 0n],
  );
  const { result } = await client.get_balances();
  assert.deepEqual(result, { balance: 0n, reserved: 0n, credited: 0n, unreserved: 0n });
});

test('a dispute is ruled on, and each gets its part', async () => {
  const arbitrated = terms(net);
  arbitrated.roles.dispute_resolvers = [resolver.publicKey()];
  arbitrated.policy.resolve_quorum = 1;
  arbitrated.platform_fee_bps = 0;
  const work = { ...milestone('All of it', 900n * ONE), receiver: receiver.publicKey() };
  const client = await deployed({ terms: arbitrated, milestones: [work], total: work.amount });
  const holders = [payer.publicKey(), receiver.publicKey()];
  const before = await balances(...holders);

  await call(client, payer, 'fund', {
    payer: payer.publicKey(),
    through: 0,
    amount: work.amount,
    revision: 0,
  });
  const reason = 'Not as agreed.';
  await call(client, receiver, 'dispute', { party: receiver.publicKey(), milestones: [0], reason });
  const rulings = [{ milestone: 0, to_receiver: 300n * ONE }];
  await call(client, resolver, 'resolve', { resolver: resolver.publicKey(), rulings });

  const after = await balances(...holders);
  assert.deepEqual(
    after.map((balance, i) => balance - before[i]),
    [-300n * ONE, 300n * ONE],
  );
  const { result } = await client.get_milestone({ i: 0 });
  assert.ok(result.flags.resolved);
  assert.equal(result.reason, reason);
});

test('once the review window has passed anybody can release', async () => {
  const client = await deployed();
  await call(client, payer, 'fund', {
    payer: payer.publicKey(),
    through: 0,
    amount: 1_025n * ONE,
    revision: 0,
  });
  const updates = [report(0, 'Completed')];
  await call(client, provider, 'change_status', { provider: provider.publicKey(), updates });
  const payouts = [await payout(client, 0)];
  const release = { signer: stranger.publicKey(), payouts };
  const early = await as(net, client, stranger).release(release);
  assert.equal(early.result.unwrapErr().message, 'Only a release signer may do this now.');
  await net.advanceTime(7 * DAY);
  await call(client, stranger, 'release', release, { timeoutInSeconds: 8 * DAY });
  assert.ok((await client.get_milestone({ i: 0 })).result.flags.released);
});
