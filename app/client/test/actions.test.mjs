// Whatever `actions` says is possible is accepted by the contract, and whatever it says is not is refused.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Account, TransactionBuilder } from '@stellar/stellar-sdk';
import * as tranche from 'tranche-client';
import { operationOf } from '../dist/calls.js';
import { DAY, milestone, ONE, start } from './localnet.mjs';
import { scenes } from './scenes.mjs';

const { calls, METHODS } = tranche;
const net = await start();
await net.upload();
const { network, address } = net;
const { time } = await tranche.latestLedger(network);
const all = await scenes(net, time);

/** Another token, of which every escrow that is tried holds a little. */
const native = tranche.tokenAddress(network.passphrase, 'native');

const EVERYBODY = [
  'payer',
  'admin',
  'platform',
  'approver',
  'approver2',
  'provider',
  'signer',
  'resolver',
  'receiver',
  'stranger',
].map((name) => address[name]);

const ROLES = {
  payer: 'Payer',
  admin: 'Admin',
  platform: 'Platform',
  approver: 'Approver',
  'service provider': 'ServiceProvider',
  'release signer': 'ReleaseSigner',
  'dispute resolver': 'DisputeResolver',
};

/** The call by which an address would do what an action is about. */
function attempt(state, { method }, me, one) {
  const { escrow, credits } = state;
  const last = escrow.totals.milestones - 1;
  const rulings = one && [{ milestone: one.milestone, to_receiver: 1n }];
  const update = { status: { tag: 'InProgress' }, note: null, evidence: null };
  const named = (made) => ({ ...made, args: { ...made.args, ...firstArgument(made.method, me) } });
  switch (method) {
    case 'fund':
      return named(calls.fund(state, last));
    case 'count_deposit':
      return named(calls.countDeposit(state, Math.min(escrow.totals.funded, last)));
    case 'withdraw':
      return named(calls.withdraw(state, state.balances.unreserved > 0n ? net.token : native));
    case 'change_status':
      return calls.changeStatus(me, [{ ...update, milestone: one.milestone }]);
    case 'approve':
    case 'release':
    case 'confirm':
      return calls[method](me, [one]);
    case 'reject':
    case 'dispute':
      return calls[method](me, [one.milestone], 'because');
    case 'resume':
      return calls.resume(me, [one.milestone]);
    case 'resolve':
    case 'settle':
      return calls[method](me, rulings);
    case 'resolve_by_default':
      return calls.resolveByDefault([one.milestone]);
    case 'refund':
    case 'reclaim':
      return calls[method](me, [one]);
    case 'claim': {
      const owed = one && credits.milestones[one.milestone];
      if (!one) return calls.claim(escrow.terms.roles.platform, []);
      const owner = owed?.payer ? escrow.terms.roles.payer : one.receiver;
      return calls.claim(owner, [one.milestone]);
    }
    case 'update':
      return named(calls.update(state, { ...escrow.terms, title: 'Another' }));
    case 'manage_milestones':
      return named(calls.manageMilestones(state, { add: [milestone('More', ONE)] }));
    case 'redirect':
      return calls.redirect(me, one.milestone, FRESH);
    case 'rotate': {
      const seat = tranche.seatsOf(state, me).find((name) => ROLES[name]);
      return seat
        ? calls.rotate(ROLES[seat], me, FRESH)
        : calls.rotate('Payer', escrow.terms.roles.payer, me);
    }
    case 'extend_ttl':
      return named(calls.extendTtl(state, 100, 0, 1));
    default:
      throw new Error(method);
  }
}

const FRESH = 'GAAZI4TCR3TY5OJHCTJC2A4QSY6CJWJH5IAJTGKIN2ER7LBNVKOCCWN7';

function firstArgument(method, me) {
  const payers = ['fund', 'count_deposit', 'withdraw'];
  return payers.includes(method) ? { payer: me } : { admin: me };
}

/** Whether the contract would accept a call, and with which error it refuses. */
async function verdict(id, source, call) {
  const transaction = new TransactionBuilder(new Account(source, '0'), {
    fee: '100',
    networkPassphrase: network.passphrase,
  })
    .addOperation(operationOf(id, call))
    .setTimeout(0)
    .build();
  const { error } = await net.developer('simulateTransaction', { transaction: transaction.toXdr() });
  if (error === undefined) return { accepted: true };
  const code = Number(/Error\(Contract, #(\d+)\)/.exec(error)?.[1]);
  assert.ok(tranche.contractErrors.has(code), error);
  return { accepted: false, name: tranche.contractErrors.get(code).name };
}

/** Of what is refused, so many are left out for one that is tried: there are thousands. */
const THINNED = 5;
let refused = 0;

async function crossCheck(id, people = EVERYBODY) {
  await net.send(address.stranger, id, 1n, native);
  const state = await net.read(id);
  const { time: now } = await tranche.latestLedger(network);
  let checked = 0;
  for (const me of people) {
    const own = tranche.escrowActions(state, me, now).map((action) => [action, null]);
    const theirs = state.milestones.flatMap((one) =>
      tranche.milestoneActions(state, one, me, now).map((action) => [action, one]),
    );
    for (const [action, one] of [...own, ...theirs]) {
      assert.match(action.reason, /^[A-Z0-9].*\.$/);
      if (!action.allowed && !action.mine && (refused += 1) % THINNED) continue;
      const { accepted, name } = await verdict(id, me, attempt(state, action, me, one));
      const { method, milestone: index, reason } = action;
      const what = `${method} of ${index} by ${who(me)}: “${reason}”, contract: ${name}`;
      assert.equal(action.allowed, accepted, what);
      checked += 1;
    }
  }
  return checked;
}

const who = (me) => Object.entries(address).find(([, one]) => one === me)?.[0] ?? me;

for (const [name, { id }] of Object.entries(all)) {
  test(`${name}: what is said to be possible is, and nothing else`, async () => {
    assert.ok((await crossCheck(id)) > 30);
  });
}

test('the same when deposits wait, and when payouts failed', async () => {
  const draft = net.draft('credits', {
    milestones: [
      milestone('Frozen', 10n * ONE, { receiver: FRESH }),
      milestone('Later', 20n * ONE),
      milestone('Last', 30n * ONE),
    ],
  });
  const id = await net.deploy(draft);
  const state = await net.read(id);
  await net.call(address.payer, id, calls.fund(state, 0));
  await net.call(address.approver, id, calls.approve(address.approver, [state.milestones[0]]));
  await net.call(address.signer, id, calls.release(address.signer, [state.milestones[0]]));
  await net.send(address.stranger, id, 25n * ONE);
  const after = await net.read(id);
  assert.deepEqual(after.credits.milestones, { 0: { receiver: 10n * ONE, payer: 0n } });
  assert.equal(after.balances.unreserved, 25n * ONE);
  const find = (method) =>
    tranche.escrowActions(after, address.payer, after.ledger.time).find((one) => one.method === method);
  assert.ok(find('count_deposit').allowed);
  assert.ok(find('withdraw').allowed);
  const stands = tranche.standing(after, after.milestones[0]);
  assert.equal(stands.status, 'Released');
  assert.equal(stands.waits, 'The receiver could not be paid: 10 USDC wait to be claimed.');
  const actions = tranche.milestoneActions(after, after.milestones[0], address.stranger, 0n);
  const claim = actions.find(({ method }) => method === 'claim');
  assert.ok(claim.allowed && !claim.mine);
  // Nothing can be paid to who still has no trustline: the rest is as it says.
  const { accepted, name } = await verdict(id, address.stranger, calls.claim(FRESH, [0]));
  assert.deepEqual({ accepted, name }, { accepted: false, name: 'TransferFailed' });
});

test('the same once windows and due dates have passed', async () => {
  await net.advanceTime(8n * DAY);
  for (const name of ['review', 'disputes']) assert.ok((await crossCheck(all[name].id)) > 0);
  await net.advanceTime(30n * DAY);
  for (const { id } of Object.values(all)) {
    assert.ok((await crossCheck(id, [address.payer, address.provider, address.stranger])) > 0);
  }
});

test('who holds no seat can take one over, and is not asked to', async () => {
  const state = await all.review.read();
  const rotate = (me) =>
    tranche.escrowActions(state, me, time).find(({ method }) => method === 'rotate');
  const [held, taken] = [rotate(address.payer), rotate(address.stranger)];
  assert.deepEqual([held.allowed, held.mine, taken.allowed, taken.mine], [true, true, true, false]);
  assert.match(held.reason, /^Hands a seat over/);
  assert.match(taken.reason, /^Takes a seat over/);
  const { id } = all.review;
  const call = calls.rotate('Payer', address.payer, address.stranger);
  const prepared = await tranche.prepare(network, address.stranger, id, call);
  assert.deepEqual(prepared.coSigners, [address.payer]);
});

test('without a wallet each action says whose it is', async () => {
  const state = await all.review.read();
  const actions = [
    ...tranche.escrowActions(state, null, time),
    ...state.milestones.flatMap((one) => tranche.milestoneActions(state, one, null, time)),
  ];
  assert.ok(actions.every(({ allowed, mine }) => !allowed && !mine));
  assert.deepEqual([...new Set(actions.map(({ method }) => method))].sort(), [...METHODS].sort());
});

test('reasons have figures, and moments', async () => {
  const state = await all.review.read();
  const at = (index, method, me, now = time) =>
    tranche
      .milestoneActions(state, state.milestones[index], me, now)
      .find((action) => action.method === method);
  const { signer, provider, payer, approver } = address;
  assert.equal(at(0, 'release', signer).reason, 'Waiting for approval, 0 of 2.');
  assert.match(at(1, 'release', signer).reason, /^Waiting for approval, 0 of 2: opens in /);
  assert.equal(at(1, 'release', signer).opensAt, state.milestones[1].open_at);
  assert.match(at(4, 'release', signer).reason, /counted: waiting for release signers, 1 of 2/);
  assert.equal(at(8, 'approve', approver).reason.slice(0, 10), 'Not funded');
  assert.match(at(8, 'approve', approver).reason, /9\.225.* USDC more needed/);
  assert.match(at(6, 'dispute', payer).reason, /^Released: 7\.0000001 USDC went to the receiver/);
  assert.match(at(0, 'reclaim', payer).reason, /not due yet: opens in 29 days|30 days/);
  assert.match(at(0, 'change_status', provider, time + 31n * DAY).reason, /it was due at/);
  assert.equal(at(0, 'reject', approver).reason, 'Only work that was reported as completed can be sent back.');
});

test('what silence leads to is told, with its moment', async () => {
  const of = async (scene, index, now = time) => {
    const state = await all[scene].read();
    return tranche.silences(state, state.milestones[index], now);
  };
  const [reclaim] = await of('review', 0);
  assert.equal(reclaim.method, 'reclaim');
  assert.equal(reclaim.at, time + 30n * DAY + 1n);
  const [open] = await of('review', 1);
  assert.equal(open.method, 'release');
  assert.equal(open.passed, false);
  assert.equal((await of('review', 1, time + 8n * DAY))[0].passed, true);
  const [even] = await of('disputes', 0);
  assert.match(even.what, /0\.5000001 USDC go to the receiver, and 0\.5125 USDC back to the payer/);
  assert.deepEqual(await of('review', 6), []);
  const [never] = await of('open', 1);
  assert.equal(never.at, null);
  assert.match(never.what, /Silent approvers hold/);
});

test('a milestone stands where its steps have brought it', async () => {
  const standings = async (scene) => {
    const state = await all[scene].read();
    return state.milestones.map((one) => tranche.standing(state, one));
  };
  const review = await standings('review');
  assert.deepEqual(
    review.map(({ status }) => status),
    [
      'In progress',
      'Completed',
      'Completed',
      'Approved',
      'Approved',
      'In progress',
      'Released',
      'Pending',
      'Not funded',
    ],
  );
  assert.equal(review[1].waits, 'Waits for approval, 0 of 2.');
  assert.equal(review[4].waits, 'Waits for release signers, 1 of 2.');
  const disputes = await standings('disputes');
  assert.equal(disputes[0].waits, 'Waits for a ruling, 1 of 2 that agree.');
  assert.equal(disputes[6].status, 'Refunded');
  assert.equal(disputes[6].waits, '7.1750001 USDC went back to the payer.');
  assert.equal(
    disputes[2].waits,
    '1 USDC went to the receiver. 2.0500001 USDC went back to the payer.',
  );
  const state = await all.disputes.read();
  const credited = (milestones) => ({ ...state, credits: { ...state.credits, milestones } });
  const told = (index, credit) =>
    tranche.standing(credited({ [index]: credit }), state.milestones[index]).waits;
  assert.equal(
    told(6, { receiver: 0n, payer: 71_750_001n }),
    'The payer could not be paid: 7.1750001 USDC wait to be claimed.',
  );
  assert.equal(
    told(2, { receiver: ONE, payer: 0n }),
    '2.0500001 USDC went back to the payer. The receiver could not be paid: 1 USDC wait to be claimed.',
  );
});
