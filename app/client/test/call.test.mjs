// From the simulation to what became of it: what goes wrong is said, and success is only what the chain has.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Keypair, xdr } from '@stellar/stellar-sdk';
import * as tranche from 'tranche-client';
import { ONE, start } from './localnet.mjs';
import { proxy } from './proxy.mjs';
import { Scene } from './scenes.mjs';

const { calls, perform, prepare } = tranche;
const net = await start();
await net.upload();
const { network, address, wallet } = net;
const scene = await Scene.of(net, 'calls');
const { id } = scene;
const PATIENCE = { pause: 20, all: 400 };

const problem = async (promise) => {
  try {
    await promise;
  } catch (caught) {
    assert.ok(caught instanceof tranche.TrancheError, String(caught));
    return caught.problem;
  }
  throw new Error('it went well');
};

/** A payer's call that always can be made, and what it changes. */
const funding = async (on = network) => {
  const state = await scene.read();
  return prepare(on, address.payer, id, calls.fund(state, state.escrow.totals.milestones - 1));
};
const isFunded = async () => (await scene.read()).escrow.totals.funded > 0;

/** Undoes what a test does. */
async function undone(work) {
  const { id: snapshot } = await net.developer('localnet_snapshot', {});
  await work();
  await net.developer('localnet_restore', { id: snapshot });
}

test('a call is told through its stages, and its fee is at most what was said', () =>
  undone(async () => {
    const prepared = await funding();
    const told = [];
    const outcome = await perform(network, prepared, wallet[address.payer], (one) => told.push(one));
    assert.deepEqual(
      told.map(({ state }) => state),
      ['signing', 'sending', 'pending'],
    );
    assert.equal(outcome.state, 'confirmed');
    assert.equal(outcome.hash, prepared.hash);
    assert.equal(told.at(-1).hash, prepared.hash);
    assert.ok(outcome.fee > 0n && outcome.fee <= prepared.fee);
    assert.ok(outcome.ledger > 0 && outcome.time > 0n);
    assert.ok(await isFunded());
  }));

test('what the contract refuses is thrown before anybody signs', async () => {
  const state = await scene.read();
  const admins = await prepare(network, address.stranger, id, calls.extendTtl(state, 1, 0, 0));
  assert.deepEqual(admins.coSigners, [address.admin]);
  const alone = await problem(perform(network, admins, wallet[address.stranger]));
  assert.equal(alone.kind, 'co-signer');
  const release = calls.release(address.signer, state.milestones);
  const refused = await problem(prepare(network, address.signer, id, release));
  assert.equal(refused.kind, 'contract');
  assert.equal(refused.name, 'NotFunded');
  assert.equal(refused.happened, 'The milestone is not funded.');
  assert.match(refused.next, /payer/);
});

test('a token that refuses is told with its reason', async () => {
  const poor = Keypair.random();
  await fetch(`${net.facts.friendbotUrl}?addr=${poor.publicKey()}`);
  const own = await Scene.of(net, 'poor', { roles: { payer: poor.publicKey() } });
  const state = await own.read();
  const refused = await problem(prepare(network, poor.publicKey(), own.id, calls.fund(state, 0)));
  assert.equal(refused.name, 'TransferFailed');
  assert.match(refused.happened, /no trustline/);
});

test('a wallet that is refused, closed, elsewhere or somebody else sends nothing', async () => {
  const prepared = await funding();
  const good = wallet[address.payer];
  const throws = (thrown) => ({
    ...good,
    signTransaction: async () => {
      throw thrown;
    },
  });
  for (const [kind, bad, words] of [
    ['rejected', throws({ code: -4, message: 'no' }), /did not sign/],
    ['rejected', { ...good, signTransaction: async () => ({ error: { code: -4 } }) }, /not sign/],
    ['wallet', throws(new Error('locked')), /wallet did not sign/],
    ['wrong-network', { ...good, network: async () => 'Public' }, /another network \(Public\)/],
    ['wrong-signer', wallet[address.stranger], /signed as/],
    [
      'wallet',
      {
        ...good,
        signTransaction: async () => {
          const other = await prepare(network, address.payer, id, calls.dispute(address.payer, [], ''))
            .catch(() => null);
          return { signedTxXdr: other?.xdr ?? 'nonsense', signerAddress: address.payer };
        },
      },
      /another transaction/,
    ],
  ]) {
    const told = await problem(perform(network, prepared, bad));
    assert.equal(told.kind, kind);
    assert.match(told.happened, words);
    assert.match(told.next, /\.$/);
  }
  assert.equal(await isFunded(), false);
});

test('what is no address, or no number of the contract, is told before anything is asked', async () => {
  const wrong = [
    calls.redirect(address.payer, 0, 'hello'),
    calls.redirect(address.payer, -1, address.payer),
    calls.resolve(address.resolver, [{ milestone: 0, to_receiver: 2n ** 127n }]),
  ];
  for (const call of wrong) {
    assert.equal((await problem(prepare(network, address.payer, id, call))).kind, 'input');
  }
  const fine = calls.resolveByDefault([0]);
  assert.equal((await problem(prepare(network, address.payer, 'hello', fine))).kind, 'input');
});

test('a contract that is not there, or of another kind, is told', async () => {
  const nowhere = tranche.escrowAddress(network.passphrase, address.admin, 'nowhere');
  for (const [other, words] of [
    [nowhere, /no such contract/],
    [net.token, /has no such call/],
  ]) {
    const made = prepare(network, address.payer, other, calls.resolveByDefault([0]));
    const told = await problem(made);
    assert.equal(told.kind, 'not-found');
    assert.match(told.happened, words);
  }
});

test('an account that is not there is told, and so is a contract as sender', async () => {
  const call = calls.resolveByDefault([0]);
  const nobody = await problem(prepare(network, Keypair.random().publicKey(), id, call));
  assert.equal(nobody.kind, 'no-account');
  assert.equal((await problem(prepare(network, id, id, call))).kind, 'input');
});

test('a server that cannot be reached, answers nonsense, or not at all', async () => {
  const away = { ...network, rpcUrl: 'http://127.0.0.1:9' };
  assert.equal((await problem(tranche.readEscrow(away, id))).kind, 'unreachable');
  assert.equal((await problem(tranche.connect('http://127.0.0.1:9'))).kind, 'unreachable');
  for (const text of ['<html>', '{}', 'null', '[]', '{"result":7}', '{"result":{"entries":7}}']) {
    const mad = await proxy(network, () => text);
    assert.equal((await problem(tranche.readEscrow(mad, id))).kind, 'nonsense', text);
    assert.equal((await problem(tranche.connect(mad.rpcUrl))).kind, 'nonsense', text);
    assert.equal((await problem(funding(mad))).kind, 'nonsense', text);
    assert.equal((await problem(tranche.findEscrows(mad, address.payer))).kind, 'nonsense', text);
    mad.close();
  }
  const refusing = await proxy(network, () => '{"error":{"code":-32601,"message":"no"}}');
  assert.equal((await problem(tranche.connect(refusing.rpcUrl))).kind, 'refused');
  const mute = { ...(await proxy(network, () => undefined)), timeout: 100 };
  const slow = await problem(tranche.readEscrow(mute, id));
  assert.equal(slow.kind, 'slow');
  assert.match(slow.happened, /within 0\.1 seconds/);
  mute.close();
});

test('a transaction that was sent and is seen no more is lost, never a success', () =>
  undone(async () => {
    const deaf = await proxy(network, ({ method }, forward) =>
      method === 'getTransaction' ? 'nothing' : forward(),
    );
    const prepared = await funding(deaf);
    const outcome = await perform(deaf, prepared, wallet[address.payer], undefined, PATIENCE);
    assert.equal(outcome.state, 'lost');
    assert.match(outcome.problem.happened, /not known what became of it/);
    const found = await tranche.watch(network, outcome.hash, prepared.lastLedger, PATIENCE);
    assert.equal(found.state, 'confirmed');
    deaf.close();
  }));

test('an answer that is lost on the way does not hide that it was carried out', () =>
  undone(async () => {
    const torn = await proxy(network, async ({ method }, forward) => {
      const answer = await forward();
      return method === 'sendTransaction' ? '<torn>' : answer;
    });
    const outcome = await perform(torn, await funding(torn), wallet[address.payer]);
    assert.equal(outcome.state, 'confirmed');
    assert.ok(await isFunded());
    torn.close();
  }));

test('a server that refuses to answer may have passed it on', () =>
  undone(async () => {
    const refusing = await proxy(network, async ({ method }, forward) => {
      const answer = await forward();
      const error = '{"error":{"code":-32603,"message":"could not submit transaction"}}';
      return method === 'sendTransaction' ? error : answer;
    });
    const outcome = await perform(refusing, await funding(refusing), wallet[address.payer]);
    assert.equal(outcome.state, 'confirmed');
    assert.ok(await isFunded());
    refusing.close();
  }));

test('of ledgers that a server has forgotten, nobody says what they did', () =>
  undone(async () => {
    const prepared = await funding();
    const first = prepared.lastLedger - 119;
    const latestLedger = prepared.lastLedger + 1;
    for (const [oldestLedger, state] of [
      [first, 'expired'],
      [first + 1, 'lost'],
      [latestLedger, 'lost'],
      [undefined, 'lost'],
    ]) {
      const status = 'NOT_FOUND';
      const forgetful = await proxy(network, () => ({ status, oldestLedger, latestLedger }));
      const { hash, lastLedger } = prepared;
      const outcome = await tranche.watch(forgetful, hash, lastLedger, PATIENCE);
      assert.equal(outcome.state, state);
      if (state === 'lost') assert.match(outcome.problem.happened, /has forgotten/);
      forgetful.close();
    }
  }));

test('who can stop it waits as long as it can land, and not a moment longer than they want', async () => {
  const mute = await proxy(network, () => undefined);
  const silent = await proxy(network, () => ({ status: 'NOT_FOUND', oldestLedger: 1, latestLedger: 2 }));
  for (const server of [mute, silent]) {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 700);
    const began = Date.now();
    const outcome = await tranche.watch(server, '', 100, tranche.untilStopped(stop.signal));
    assert.equal(outcome.state, 'lost');
    assert.ok(Date.now() - began < 2_000);
    const again = await tranche.watch(server, '', 100, tranche.untilStopped(stop.signal));
    assert.equal(again.state, 'lost');
    server.close();
  }
});

test('a transaction that never arrives expires', () =>
  undone(async () => {
    const dropping = await proxy(network, ({ method }, forward) =>
      method === 'sendTransaction' ? { status: 'PENDING', hash: '' } : forward(),
    );
    const prepared = await funding();
    await net.advanceLedgers(200);
    const outcome = await perform(dropping, prepared, wallet[address.payer]);
    assert.equal(outcome.state, 'expired');
    assert.match(outcome.problem.happened, /too late/);
    assert.equal(await isFunded(), false);
    dropping.close();
  }));

test('a transaction that is sent too late is refused as expired', () =>
  undone(async () => {
    const prepared = await funding();
    await net.advanceLedgers(200);
    const outcome = await perform(network, prepared, wallet[address.payer]);
    assert.equal(outcome.state, 'expired');
    assert.equal(await isFunded(), false);
  }));

test('time that was moved by days keeps nobody from signing', () =>
  undone(async () => {
    await net.advanceTime(3n * 86_400n);
    const outcome = await perform(network, await funding(), wallet[address.payer]);
    assert.equal(outcome.state, 'confirmed');
  }));

test('what changed between the simulation and the ledger fails, with the reason of the contract', () =>
  undone(async () => {
    const late = await funding();
    await scene.fund(0);
    const outcome = await perform(network, late, wallet[address.payer]);
    assert.equal(outcome.state, 'failed');
    assert.match(outcome.problem.happened, /Another transaction of this account came first/);
    const vote = calls.approve(address.approver, [(await scene.read()).milestones[0]]);
    const stale = await prepare(network, address.approver, id, vote);
    await scene.report(0, 'Completed');
    const failed = await perform(network, stale, wallet[address.approver]);
    assert.equal(failed.state, 'failed');
    assert.equal(failed.problem.name, 'RevisionMismatch');
  }));

test('of two votes at once, the one that would have paid is only to be tried again', async () => {
  const { signer, approver } = address;
  const race = await Scene.of(net, 'race', {
    roles: { release_signers: [signer, approver] },
    policy: { release_quorum: 2 },
  });
  await race.fund(0);
  await race.vote('approver', 'approve', 0);
  const { milestones } = await race.read();
  const voting = async (who) => prepare(network, who, race.id, calls.release(who, [milestones[0]]));
  const [one, other] = [await voting(signer), await voting(approver)];
  assert.equal((await perform(network, one, wallet[signer])).state, 'confirmed');
  const outcome = await perform(network, other, wallet[approver]);
  assert.equal(outcome.state, 'failed');
  assert.match(outcome.problem.happened, /has changed since it was prepared/);
  assert.equal(outcome.problem.next, 'Try again.');
  await net.land(await voting(approver));
  assert.ok((await race.read()).milestones[0].flags.released);
});

test('a busy network is asked again, and then told', async () => {
  const answers = [];
  const busy = await proxy(network, ({ method }, forward) => {
    if (method !== 'sendTransaction') return forward();
    answers.push(method);
    return { status: 'TRY_AGAIN_LATER', hash: '' };
  });
  const outcome = await perform(busy, await funding(), wallet[address.payer], undefined, PATIENCE);
  assert.equal(outcome.state, 'failed');
  assert.match(outcome.problem.happened, /takes no transaction/);
  assert.equal(answers.length, 4);
  busy.close();
});

test('an account with too little XLM is told', () =>
  undone(async () => {
    const native = tranche.tokenAddress(network.passphrase, 'native');
    const token = await tranche.readToken(network, native);
    const has = await tranche.readBalance(network, token, address.stranger);
    await net.send(address.stranger, address.payer, has - 3n * ONE, native);
    const vote = await prepare(network, address.stranger, id, calls.resolveByDefault([0])).catch(
      (caught) => caught.problem,
    );
    assert.equal(vote.name, 'NotFunded');
    await net.send(address.stranger, address.payer, ONE / 2n, native).catch((caught) => {
      assert.equal(tranche.problemOf(caught).kind, 'no-funds');
    });
  }));

test('a restore that a server asks for comes first', async () => {
  const asking = await proxy(network, async ({ method }, forward) => {
    const answer = await forward();
    if (method !== 'simulateTransaction' || answer.error) return answer;
    const { transactionData, minResourceFee } = answer;
    const data = xdr.SorobanTransactionData.fromXdr(transactionData, 'base64');
    const { footprint } = data.resources;
    const stored = footprint.readWrite.filter(({ type }) => type === 'contractData');
    footprint.readWrite.splice(0, footprint.readWrite.length, ...stored);
    footprint.readOnly.length = 0;
    return {
      ...answer,
      restorePreamble: { transactionData: data.toXdr('base64'), minResourceFee },
    };
  });
  const prepared = await funding(asking);
  assert.equal(prepared.restores, true);
  const outcome = await perform(network, prepared, wallet[address.payer]);
  assert.equal(outcome.state, 'confirmed');
  assert.equal(await isFunded(), false);
  assert.equal((await funding()).restores, false);
  asking.close();
});
