/** The accounts that localnet begins with. Their keys follow from twelve public words (SEP-5). */

/** The network on which these keys are of use. */
export const LOCALNET_PASSPHRASE = 'Standalone Network ; February 2017';

const WORDS = 'test test test test test test test test test test test junk';

/** In the order of their index. */
const NAMES = [
  'payer',
  'provider',
  'receiver',
  'approver',
  'approver2',
  'approver3',
  'signer',
  'resolver',
  'resolver2',
  'resolver3',
  'platform',
  'admin',
  'observer',
  'stranger',
] as const;

/** An account whose key everybody knows. */
export interface TestKey {
  name: string;
  /** The 32 bytes that its key pair is made from. */
  seed: Uint8Array<ArrayBuffer>;
}

const HARDENED = 0x8000_0000;
const text = new TextEncoder();

async function hmac(key: BufferSource, data: BufferSource): Promise<Uint8Array<ArrayBuffer>> {
  const algorithm = { name: 'HMAC', hash: 'SHA-512' };
  const imported = await crypto.subtle.importKey('raw', key, algorithm, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, data));
}

/** BIP-39: the words as the 64 bytes that all keys follow from. */
async function root(): Promise<ArrayBuffer> {
  const words = await crypto.subtle.importKey('raw', text.encode(WORDS), 'PBKDF2', false, [
    'deriveBits',
  ]);
  const way = { name: 'PBKDF2', hash: 'SHA-512', salt: text.encode('mnemonic'), iterations: 2048 };
  return crypto.subtle.deriveBits(way, words, 512);
}

/** SLIP-10: one step down, to the child of this index. */
function child(parent: Uint8Array<ArrayBuffer>, index: number): Promise<Uint8Array<ArrayBuffer>> {
  const data = new Uint8Array(37);
  data.set(parent.subarray(0, 32), 1);
  new DataView(data.buffer).setUint32(33, HARDENED + index);
  return hmac(parent.slice(32), data);
}

/** All test keys, at m/44'/148'/i'. */
export async function testKeys(): Promise<TestKey[]> {
  const master = await hmac(text.encode('ed25519 seed'), await root());
  const stellar = await child(await child(master, 44), 148);
  return Promise.all(
    NAMES.map(async (name, index) => ({ name, seed: (await child(stellar, index)).slice(0, 32) })),
  );
}
