import { BUILD } from './generated/build.js';

/** The versions of the contract that are known, by the hash of their code. */
const KNOWN: ReadonlyMap<string, string> = new Map([[BUILD.hash, BUILD.version]]);

/** Which version of the contract has this hash; null for code that is not known. */
export const versionOf = (hash: string): string | null => KNOWN.get(hash) ?? null;
