import { readFile } from 'node:fs/promises';
import { prepareDeploy, prepareUpload, wasmHashOf } from 'tranche-client';
import type { Net } from './test.ts';

const BUILT = new URL('../../../target/wasm32v1-none/release/escrow.wasm', import.meta.url);

/** Our contract with a section that no runtime looks at: the same behaviour, and another hash. */
export async function lookAlike(net: Net, name: string): Promise<string> {
  const wasm = await readFile(process.env['ESCROW_WASM'] ?? BUILT);
  const section = [0, 5, 4, ...Buffer.from('fake')];
  const other = new Uint8Array([...wasm, ...section]);
  await net.land(await prepareUpload(net.network, net.address.admin, other));
  const draft = net.draft(name);
  const prepared = await prepareDeploy(net.network, net.address.admin, draft, wasmHashOf(other));
  await net.land(prepared);
  return prepared.id;
}
