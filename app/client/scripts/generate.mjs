// Makes src/generated from the built contract with the SDK's own generator. With --check it changes
// nothing, and fails where what is checked in differs.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const GENERATED = new URL('../src/generated/', import.meta.url);
const BUILT = new URL('../../../target/wasm32v1-none/release/escrow.wasm', import.meta.url);
const WASM = process.env.ESCROW_WASM ?? fileURLToPath(BUILT);

await access(WASM).catch(() => {
  console.error(`${WASM} is not there. Build the contract: make build`);
  process.exit(1);
});

/** What the SDK's generator makes of the contract, by the name of the file. */
async function bindings() {
  const directory = await mkdtemp(join(tmpdir(), 'tranche-'));
  try {
    const options = ['--wasm', WASM, '--output-dir', directory, '--contract-name', 'escrow'];
    execFileSync('stellar-js', ['generate', '--overwrite', ...options]);
    const read = (name) => readFile(join(directory, 'src', name), 'utf8');
    const [types, client] = await Promise.all([read('types.ts'), read('client.ts')]);
    return { 'types.ts': tidy(types), 'client.ts': tidy(client), 'spec.ts': specification(client) };
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** What the generator's output lacks: types imported as such, and lines that show what changed. */
const TIDY = [
  [/^import \{Address\} from .*\n/, ''],
  [/^import \{(.*)\} from '\.\/types\.js'/m, "import type {$1} from './types.js'"],
  ['import {Address, xdr}', "import {spec} from './spec.js';\nimport type {Address, xdr}"],
  ['Client as ContractClient, ClientOptions as', 'Client as ContractClient, type ClientOptions as'],
  ['MethodOptions, ExternalExecutableRef}', 'type MethodOptions, type ExternalExecutableRef}'],
  ['Spec, AssembledTransaction,', 'Spec, type AssembledTransaction,'],
  ['public readonly options', 'public override readonly options'],
  ['static deploy', 'static override deploy'],
  [/values: void/g, 'values?: void'],
  [/new Spec\(\[".*"\]\)/, 'spec'],
  ['{Spec, type AssembledTransaction', '{type AssembledTransaction'],
  [/[ \t]+$/gm, ''],
];

/** The contract's interface in a file of its own: whoever only encodes and decodes needs no client. */
function specification(client) {
  const [, entries] = /new Spec\(\["(.*)"\]\)/.exec(client);
  const listed = entries.split('", "').map((entry) => `  "${entry}",\n`);
  return `import { Spec } from '@stellar/stellar-sdk/contract';

/** The contract's interface, an entry a line. */
export const spec = /* @__PURE__ */ new Spec([\n${listed.join('')}]);
`;
}

const tidy = (source) =>
  `${TIDY.reduce((text, [what, by]) => text.replace(what, by), source).trim()}\n`;

/** Which build this is: the hash that the network knows it by, and the version that it tells itself. */
async function build() {
  const wasm = await readFile(WASM);
  const hash = createHash('sha256').update(wasm).digest('hex');
  const version = /tranche\/contracts\/escrow@(\d+\.\d+\.\d+)/.exec(wasm.toString('latin1'))?.[1];
  if (!version) throw new Error(`${WASM} is not an escrow.`);
  return `/** The build of the contract that these bindings were made from. */
export const BUILD = {
  version: '${version}',
  hash: '${hash}',
} as const;
`;
}

const files = { ...(await bindings()), 'build.ts': await build() };
const differing = [];
for (const [name, made] of Object.entries(files)) {
  const path = new URL(name, GENERATED);
  if ((await readFile(path, 'utf8').catch(() => '')) === made) continue;
  differing.push(name);
  if (!process.argv.includes('--check')) await writeFile(path, made);
}
if (differing.length === 0) {
  console.log('The bindings are those of the contract.');
} else if (process.argv.includes('--check')) {
  console.error(`Not those of the contract: ${differing.join(', ')}. Run: npm run generate`);
  process.exitCode = 1;
} else {
  console.log(`Made anew: ${differing.join(', ')}`);
}
