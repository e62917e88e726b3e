import {
  isAddress,
  readCreation,
  readEscrow,
  readToken,
  TrancheError,
  type AskedCreation,
  type EscrowState,
  type HandedOver,
  type Network,
  type Token,
} from 'tranche-client';
import { isText } from '../memory.ts';
import { shownToken } from '../network/tokens.ts';

/** What somebody is asked to sign, wholly understood: nothing else is signed here. */
export type Asked =
  | { what: 'seat'; state: EscrowState; seat: string; from: string; to: string }
  | { what: 'creation'; creation: AskedCreation; token: Token };

/** Makes out what is asked; refuses what an escrow does not need two signatures for. */
export async function readAsked(
  network: Network,
  text: string,
  { contract, method, args }: HandedOver,
): Promise<Asked> {
  if (contract === null) {
    const creation = readCreation(network, text);
    const token = shownToken(network, await readToken(network, creation.draft.terms.token));
    return { what: 'creation', creation, token };
  }
  const state = await readEscrow(network, contract, { start: 0, limit: 0 });
  if (state.version === null) {
    throw refusal(
      'The contract that is called runs code that is not known: what it would do with your signature cannot be said, and so it is not signed here.',
    );
  }
  const seat = method === 'rotate' ? seatIn(args) : undefined;
  if (seat) return { what: 'seat', state, ...seat };
  throw refusal(
    'This call needs no signature but that of who sends it: only a seat that is handed over, and a new escrow, are signed here.',
  );
}

function seatIn({ role, from, to, ...more }: Record<string, unknown>) {
  if (!Array.isArray(role) || role.length !== 1 || Object.keys(more).length > 0) return undefined;
  const [tag]: unknown[] = role;
  if (!isText(tag) || !isText(from) || !isText(to)) return undefined;
  return isAddress(from) && isAddress(to) ? { seat: inWords(tag), from, to } : undefined;
}

/** A role as people call it: `ServiceProvider` is the service provider. */
const inWords = (tag: string): string =>
  tag.replaceAll(/\B[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const refusal = (happened: string) =>
  new TrancheError({
    kind: 'input',
    happened,
    next: 'Ask who gave it to you what it is for. Nothing was signed.',
  });
