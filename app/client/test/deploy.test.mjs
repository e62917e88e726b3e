// Creating, and calls that take more than one signature.

import assert from 'node:assert/strict';
import { readFile, writeFile, mkdtemp, rm } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { test } from 'node:test';
import { Contract, nativeToScVal, TransactionBuilder, xdr } from '@stellar/stellar-sdk';
import * as tranche from 'tranche-client';
import { milestone, ONE, start } from './localnet.mjs';

const { calls, prepare, perform } = tranche;
const net = await start();
const { network, address, wallet } = net;

test('the code is uploaded once', async () => {
  assert.equal(await tranche.isUploaded(network), false);
  const missing = tranche.prepareDeploy(network, address.admin, net.draft('early'));
  await assert.rejects(missing, ({ problem }) => problem.kind === 'not-found');
  await net.upload();
  assert.equal(await tranche.isUploaded(network, net.wasmHash), true);
  assert.equal(net.wasmHash, tranche.BUILD.hash);
});

test('an escrow is where its deployer and engagement say, and there only once', async () => {
  const draft = net.draft('once');
  const id = await net.deploy(draft);
  assert.equal(id, tranche.escrowAddress(network.passphrase, address.admin, 'once'));
  const again = tranche.prepareDeploy(network, address.admin, draft);
  await assert.rejects(again, /already/);
});

test('what the rules of a draft refuse, the contract refuses, with a sentence', async () => {
  for (const [name, change] of [
    ['ResolverOverlap', { roles: { dispute_resolvers: [address.payer] } }],
    ['FeeTooHigh', { terms: { platform_fee_bps: 3_001 } }],
    ['QuorumOutOfRange', { policy: { release_quorum: 2 } }],
    ['AmountNotPositive', { milestones: [milestone('', 0n)] }],
    ['DueInPast', { milestones: [milestone('', 1n, { due: 5n })] }],
    ['ApprovalsOutOfRange', { milestones: [milestone('', 1n, { approvals_required: 2 })] }],
    ['TextTooLong', { terms: { title: 'x'.repeat(101) } }],
    ['NotAToken', { terms: { token: tranche.escrowAddress(network.passphrase, address.admin, 'once') } }],
  ]) {
    const draft = net.draft('wrong', change);
    const { time: now } = await tranche.latestLedger(network);
    const refused = await tranche
      .prepareDeploy(network, address.admin, draft)
      .catch(({ problem }) => problem);
    assert.equal(refused.name, name, refused.happened);
    if (name !== 'NotAToken') assert.equal(tranche.checkDraft(draft, { now }).length, 1, name);
  }
});

test('both presets are deployed, and their warnings are those of the contract', async () => {
  const { payer, provider, platform } = address;
  const buyer = net.draft('buyer', {
    roles: tranche.buyerConfirms(payer, provider, platform),
    policy: tranche.PRESETS['buyer confirms'],
  });
  for (const draft of [buyer, net.draft('arbitrated')]) {
    const { time: now } = await tranche.latestLedger(network);
    assert.deepEqual(tranche.checkDraft(draft, { now }), []);
    const { escrow } = await net.read(await net.deploy(draft));
    const stuck = escrow.stuck.map(({ tag }) => tag);
    assert.deepEqual(stuck, tranche.draftStuckWays(draft));
  }
});

test('milestones that one call does not carry follow in others', async () => {
  const description = 'x'.repeat(200);
  const milestones = Array.from({ length: 90 }, (_, i) => milestone(`${i}`, ONE, { description }));
  const draft = net.draft('long', { milestones });
  assert.ok(tranche.firstBatch(draft) < 40);
  const { escrow } = await net.read(await net.deploy(draft));
  assert.equal(escrow.totals.milestones, 90);
  assert.equal(escrow.totals.amount, 90n * ONE);
});

test('a seat is handed over: the other signs what is handed over as text', async () => {
  const id = await net.deploy(net.draft('seats'));
  const rotate = calls.rotate('Payer', address.payer, address.stranger);
  const prepared = await prepare(network, address.payer, id, rotate);
  assert.deepEqual(prepared.coSigners, [address.stranger]);
  const alone = perform(network, prepared, wallet[address.payer]);
  await assert.rejects(alone, ({ problem }) => problem.kind === 'co-signer');
  const text = tranche.handOver(prepared);
  const shown = tranche.readHandedOver(network, text);
  assert.deepEqual(shown, {
    source: address.payer,
    contract: id,
    method: 'rotate',
    args: { role: ['Payer'], from: address.payer, to: address.stranger },
    coSigners: [address.stranger],
  });
  const other = tranche.coSign(network, text, wallet[address.admin]);
  await assert.rejects(other, ({ problem }) => problem.kind === 'wrong-signer');
  const back = await tranche.coSign(network, `${text}\n`, wallet[address.stranger]);
  assert.deepEqual(tranche.readHandedOver(network, back).coSigners, []);
  const ready = await tranche.prepareHandedBack(network, back);
  await net.land(ready);
  assert.equal((await net.read(id)).escrow.terms.roles.payer, address.stranger);
});

test('a signature that was refused, or that comes too late, hands nothing over', async () => {
  const id = await net.deploy(net.draft('late'));
  const rotate = calls.rotate('Admin', address.admin, address.stranger);
  const text = tranche.handOver(await prepare(network, address.admin, id, rotate));
  const refusing = {
    ...wallet[address.stranger],
    signAuthEntry: async () => ({ signedAuthEntry: null, error: { code: -4, message: 'no' } }),
  };
  const refused = tranche.coSign(network, text, refusing);
  await assert.rejects(refused, ({ problem }) => problem.kind === 'rejected');
  const elsewhere = { ...wallet[address.stranger], network: async () => 'Public' };
  const away = tranche.coSign(network, text, elsewhere);
  await assert.rejects(away, ({ problem }) => problem.kind === 'wrong-network');
  const back = await tranche.coSign(network, text, wallet[address.stranger]);
  await net.advanceLedgers(20_000);
  const late = tranche.prepareHandedBack(network, back);
  await assert.rejects(late, ({ problem }) => problem.kind === 'expired');
  for (const wrong of ['', 'hello', text.slice(0, 50)]) {
    assert.throws(() => tranche.readHandedOver(network, wrong), /no call that waits/);
  }
});

/** What was handed over, with other authorisations. */
function forged(text, change) {
  const envelope = TransactionBuilder.fromXdr(text, network.passphrase).toEnvelope();
  const { auth } = envelope.value.tx.operations[0].body.value;
  auth.splice(0, auth.length, ...change([...auth]));
  return envelope.toXdr('base64');
}

test('a signature for anything but the call that is shown is not asked for', async () => {
  const id = await net.deploy(net.draft('forged'));
  const rotate = calls.rotate('Payer', address.payer, address.stranger);
  const text = tranche.handOver(await prepare(network, address.payer, id, rotate));
  const created = net.draft('forged too');
  const creation = tranche.handOver(await tranche.prepareDeploy(network, address.stranger, created));
  const to = [address.stranger, address.admin].map((one) => nativeToScVal(one, { type: 'address' }));
  const transfer = new Contract(net.token).call('transfer', ...to, nativeToScVal(ONE, { type: 'i128' }));
  const { value } = transfer.body.value.hostFunction;
  const theft = new xdr.SorobanAuthorizedInvocation({
    function: xdr.SorobanAuthorizedFunction.sorobanAuthorizedFunctionTypeContractFn(value),
    subInvocations: [],
  });
  const entry = ({ credentials }, rootInvocation) =>
    new xdr.SorobanAuthorizationEntry({ credentials, rootInvocation });
  const deeper = (root) =>
    new xdr.SorobanAuthorizedInvocation({ function: root.function, subInvocations: [theft] });
  const isMine = ({ credentials: { type } }) => type !== 'sorobanCredentialsSourceAccount';
  const mine = (swap) => (auth) => auth.map((one) => (isMine(one) ? swap(one) : one));
  for (const [given, signer] of [
    [text, address.stranger],
    [creation, address.admin],
  ]) {
    for (const change of [
      mine((one) => entry(one, theft)),
      mine((one) => entry(one, deeper(one.rootInvocation))),
      (auth) => [...auth, ...auth.filter(isMine)],
      (auth) => [...auth, entry(auth.find(isMine), theft)],
      (auth) => auth.map((one) => (isMine(one) ? one : entry(one, theft))),
    ]) {
      const bad = forged(given, change);
      assert.throws(() => tranche.readHandedOver(network, bad), /something else than the call/);
      const asked = [];
      const signAuthEntry = async (...args) => asked.push(args);
      const watched = { ...wallet[signer], signAuthEntry };
      await assert.rejects(tranche.coSign(network, bad, watched), /something else than the call/);
      assert.deepEqual(asked, []);
    }
    const back = await tranche.coSign(network, forged(given, (auth) => auth), wallet[signer]);
    const stolen = forged(back, (auth) =>
      auth.map((one) => (isMine(one) ? one : entry(one, theft))),
    );
    await assert.rejects(tranche.prepareHandedBack(network, stolen), /something else than the call/);
  }
});

test('an admin who does not deploy signs the creation as well', async () => {
  const draft = net.draft('of the admin');
  const prepared = await tranche.prepareDeploy(network, address.stranger, draft);
  assert.deepEqual(prepared.coSigners, [address.admin]);
  const text = tranche.handOver(prepared);
  assert.equal(tranche.readHandedOver(network, text).method, '__constructor');
  const back = await tranche.coSign(network, text, wallet[address.admin]);
  await net.land(await tranche.prepareHandedBack(network, back));
  assert.equal((await net.read(prepared.id)).escrow.terms.roles.admin, address.admin);
});

test('the example of the README does what it says', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const [, example] = /```js\n([\s\S]*?)```/.exec(readme);
  assert.equal(example.trim().split('\n').length, 12);
  const id = await net.deploy(net.draft('readme'));
  const state = await net.read(id);
  await net.call(address.payer, id, calls.fund(state, 1));
  await net.call(address.approver, id, calls.approve(address.approver, [state.milestones[0]]));
  const directory = await mkdtemp(new URL('example-', import.meta.url).pathname);
  try {
    await writeFile(`${directory}/example.mjs`, example);
    const signer = net.facts.accounts.find(({ name }) => name === 'signer');
    const env = { RPC_URL: network.rpcUrl, ESCROW_ID: id, SECRET: signer.secretKey };
    const options = { env: { ...process.env, ...env } };
    const { stdout } = await promisify(execFile)('node', [`${directory}/example.mjs`], options);
    assert.match(stdout, /^released [0-9a-f]{64}\n$/);
  } finally {
    await rm(directory, { recursive: true });
  }
  assert.ok((await net.read(id)).milestones[0].flags.released);
});
