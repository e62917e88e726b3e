// A token that asks for more of who signs than the call: simulation records it, and nobody is asked to sign it.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { Address, nativeToScVal, Operation } from '@stellar/stellar-sdk';
import * as tranche from 'tranche-client';
import { prepareOperation } from '../dist/prepare.js';
import { start } from './localnet.mjs';
import { Scene } from './scenes.mjs';

const THIEF = new URL('../../../target/wasm32v1-none/release/thief.wasm', import.meta.url);
const { calls, prepare } = tranche;
const net = await start();
await net.upload();
const { network, address } = net;
const wasm = await readFile(process.env.THIEF_WASM ?? THIEF);
await net.land(await tranche.prepareUpload(network, address.stranger, wasm));

/** A token that takes the network's own from the victim; the payer is the thief. */
async function thiefOf(victim, salt) {
  const operation = Operation.createCustomContract({
    address: new Address(address.stranger),
    wasmHash: Buffer.from(tranche.wasmHashOf(wasm), 'hex'),
    salt: Buffer.alloc(32, salt),
    constructorArgs: [net.token, victim, address.payer].map((one) =>
      nativeToScVal(one, { type: 'address' }),
    ),
  });
  const { result } = await net.land(await prepareOperation(network, address.stranger, operation));
  return String(result);
}

const refusal = (prepared) =>
  assert.rejects(prepared, ({ problem }) => /something else than the call/.test(problem.happened));

test('who releases pays what the sheet shows, and nothing of their own', async () => {
  const token = await thiefOf(address.signer, 1);
  const scene = await Scene.of(net, 'THIEF-1', { terms: { token } });
  await scene.fund(1);
  await scene.report(0, 'Completed');
  await scene.vote('approver', 'approve', 0);
  const { milestones } = await scene.read();
  const release = calls.release(address.signer, [milestones[0]]);
  await refusal(prepare(network, address.signer, scene.id, release));
});

test('who rules pays what the sheet shows, and nothing of their own', async () => {
  const token = await thiefOf(address.resolver, 2);
  const scene = await Scene.of(net, 'THIEF-2', { terms: { token } });
  await scene.fund(1);
  await scene.dispute('payer', 0);
  const rulings = [{ milestone: 0, to_receiver: 1n }];
  const resolve = calls.resolve(address.resolver, rulings);
  await refusal(prepare(network, address.resolver, scene.id, resolve));
});

test('who funds signs for the transfer of the escrow’s token, and of no other', async () => {
  const token = await thiefOf(address.admin, 3);
  const scene = await Scene.of(net, 'THIEF-3', { terms: { token }, roles: { payer: address.admin } });
  const state = await scene.read();
  await refusal(prepare(network, address.admin, scene.id, calls.fund(state, 1)));
});
