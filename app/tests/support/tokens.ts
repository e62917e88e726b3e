import { Address, Asset, Operation } from '@stellar/stellar-sdk';
import { prepareUpload, tokenAddress, wasmHashOf } from 'tranche-client';
import { prepareOperation } from '../../client/dist/prepare.js';
import type { Net } from './test.ts';

/** An asset that anybody can issue: it is called USDC, and is not the network's own. */
export async function imitation(net: Net, issuer: string): Promise<string> {
  const asset = new Asset('USDC', issuer);
  const operation = Operation.createStellarAssetContract({ asset });
  await net.land(await prepareOperation(net.network, issuer, operation));
  return tokenAddress(net.network.passphrase, `USDC:${issuer}`);
}

/** A contract that calls itself USDC, and says that its amounts have four thousand million decimals. */
export async function hostileToken(net: Net): Promise<string> {
  const { stranger } = net.address;
  const wasm = contractOf({
    balance: { takes: 1, returns: NOTHING },
    decimals: { takes: 0, returns: u32(4_294_967_295) },
    symbol: { takes: 0, returns: symbol('USDC') },
  });
  await net.land(await prepareUpload(net.network, stranger, wasm));
  const operation = Operation.createCustomContract({
    address: new Address(stranger),
    wasmHash: Buffer.from(wasmHashOf(wasm), 'hex'),
  });
  const { result } = await net.land(await prepareOperation(net.network, stranger, operation));
  return String(result);
}

/** A number as contracts hand it over: the value above, what it is in the lowest byte. */
const u32 = (value: number): bigint => (BigInt(value) << 32n) | 4n;

/** A symbol of capitals, six bits for each. */
const symbol = (text: string): bigint =>
  ([...text].reduce((all, letter) => (all << 6n) | BigInt(letter.charCodeAt(0) - 53), 0n) << 8n) |
  14n;

/** An amount of none. */
const NOTHING = 11n;

interface Constant {
  /** How many arguments, up to one. */
  takes: 0 | 1;
  returns: bigint;
}

/** A contract whose functions always return the same. */
function contractOf(functions: Record<string, Constant>): Uint8Array {
  const all = Object.entries(functions);
  const exports = all.map(([name], at) => [...named(name), 0, at]);
  const bodies = all.map(([, { returns }]) => [0, 0x42, ...signed(returns), 0x0b]);
  const protocol = [0, 0, 0, 0, 0, 0, 0, 22, 0, 0, 0, 0];
  return new Uint8Array([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [2, 0x60, 0, 1, 0x7e, 0x60, 1, 0x7e, 1, 0x7e]),
    ...section(3, [all.length, ...all.map(([, { takes }]) => takes)]),
    ...section(7, [all.length, ...exports.flat()]),
    ...section(10, [all.length, ...bodies.flatMap((body) => [body.length, ...body])]),
    ...section(0, [...named('contractenvmetav0'), ...protocol]),
  ]);
}

const named = (name: string): number[] => [name.length, ...Buffer.from(name)];

/** Sections here are short: their length is one byte. */
const section = (id: number, content: number[]): number[] => [id, content.length, ...content];

/** LEB128, as WebAssembly writes signed numbers. */
function signed(value: bigint): number[] {
  const wrapped = BigInt.asIntN(64, value);
  const low = Number(wrapped & 0x7fn);
  const rest = wrapped >> 7n;
  const ends = (rest === 0n && low < 64) || (rest === -1n && low >= 64);
  return ends ? [low] : [low | 0x80, ...signed(rest)];
}
