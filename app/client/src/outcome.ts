import { scValToNative, xdr } from '@stellar/stellar-sdk/base';
import { explain } from './errors.js';
import { LEDGERS_TO_SIGN_AND_LAND } from './prepare.js';
import { problemOf, type Problem } from './problem.js';
import { ask, nonsense, understand, type Network } from './rpc.js';

/** What became of a transaction. Only `confirmed` changed anything; of `lost` nobody knows. */
export type Outcome =
  | { state: 'confirmed'; hash: string; ledger: number; time: bigint; fee: bigint; result: unknown }
  | { state: 'failed' | 'expired' | 'lost'; hash: string; problem: Problem };

/** How long to wait, in milliseconds. */
export interface Patience {
  /** Between two looks; it grows. */
  pause: number;
  /** In all, until a transaction counts as lost. */
  all: number;
  /** Ends it before. */
  stop?: AbortSignal;
}

/** As long as people wait who cannot stop it. */
export const PATIENCE: Patience = { pause: 300, all: 180_000 };
const LONGEST_PAUSE_MILLISECONDS = 3_000;
/** So long a server can be away, or ledgers take, while a transaction can still be carried out. */
const LONGEST_MILLISECONDS = 900_000;

/** Until no ledger can take it any more, for people who can stop it. */
export const untilStopped = (stop: AbortSignal): Patience => ({
  ...PATIENCE,
  all: LONGEST_MILLISECONDS,
  stop,
});

interface Found {
  status: 'SUCCESS' | 'FAILED' | 'NOT_FOUND';
  oldestLedger: number;
  latestLedger: number;
  ledger?: number;
  createdAt?: string;
  resultXdr?: string;
  resultMetaXdr?: string;
  diagnosticEventsXdr?: string[];
}

/** Looks for a transaction until it is in a ledger, cannot be any more, or patience ends. */
export async function watch(
  network: Network,
  hash: string,
  lastLedger: number,
  patience: Patience = PATIENCE,
): Promise<Outcome> {
  const { all, stop } = patience;
  const end = Date.now() + all;
  const stopped = aborted(stop);
  let last: Why = {};
  for (let { pause } = patience; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MILLISECONDS)) {
    try {
      const found = await Promise.race([ask<Found>(network, 'getTransaction', { hash }), stopped]);
      const outcome =
        found && understand('getTransaction', () => outcomeOf(hash, found, lastLedger));
      if (outcome) return outcome;
      if (found) last = { happened: 'It is in no ledger yet.' };
    } catch (caught) {
      last = problemOf(caught);
    }
    if (stop?.aborted || Date.now() + pause > end) return lost(hash, last);
    await Promise.race([sleep(pause), stopped]);
  }
}

/** When it is stopped; never, where it cannot be. */
const aborted = (stop: AbortSignal | undefined): Promise<null> =>
  new Promise((resolve) => {
    if (stop?.aborted) resolve(null);
    stop?.addEventListener('abort', () => resolve(null), { once: true });
  });

/** What is known of a transaction of which it is not known what became. */
type Why = Partial<Pick<Problem, 'happened' | 'details'>>;

const lost = (hash: string, { happened, details }: Why): Outcome => ({
  state: 'lost',
  hash,
  problem: {
    kind: 'lost',
    happened: ['The transaction was sent, and it is not known what became of it.', happened]
      .filter(Boolean)
      .join(' '),
    next: 'Look at the escrow again before you repeat anything: it may have been carried out, or may still be.',
    ...(details === undefined ? {} : { details }),
  },
});

function outcomeOf(hash: string, found: Found, lastLedger: number): Outcome | null {
  switch (found.status) {
    case 'NOT_FOUND':
      if (found.latestLedger <= lastLedger) return null;
      // Only who has all ledgers that could have taken it can say that none did.
      return found.oldestLedger <= lastLedger - LEDGERS_TO_SIGN_AND_LAND + 1
        ? { state: 'expired', hash, problem: explain('txTooLate') }
        : lost(hash, { happened: 'The server has forgotten ledgers that could have taken it.' });
    case 'FAILED': {
      const said = `${codesOf(found.resultXdr)} ${saidIn(found.diagnosticEventsXdr)}`;
      return { state: 'failed', hash, problem: explain(said) };
    }
    case 'SUCCESS': {
      const { feeCharged } = xdr.TransactionResult.fromXdr(found.resultXdr ?? '', 'base64');
      return {
        state: 'confirmed',
        hash,
        ledger: found.ledger ?? 0,
        time: BigInt(found.createdAt ?? 0),
        fee: feeCharged,
        result: returned(found.resultMetaXdr),
      };
    }
    default:
      throw nonsense('getTransaction');
  }
}

/** What the call returned. */
function returned(meta: string | undefined): unknown {
  const told = xdr.TransactionMeta.fromXdr(meta ?? '', 'base64');
  if (told.type !== 'v3' && told.type !== 'v4') return null;
  const value = told.value.sorobanMeta?.returnValue;
  return value ? scValToNative(value) : null;
}

/** The codes of a result, from the outside in. */
export function codesOf(result: string | undefined): string {
  if (!result) return '';
  const told = xdr.TransactionResult.fromXdr(result, 'base64').result;
  if (told.type !== 'txFailed') return told.type;
  const operations = told.results.map((one) =>
    one.type === 'opInner' ? one.tr.value.type : one.type,
  );
  return [told.type, ...operations].join(' ');
}

/** What diagnostic events say, newest first: what failed within comes after what failed for it. */
export function saidIn(events: string[] | undefined): string {
  const said = (events ?? []).map((one) => {
    const { event } = xdr.DiagnosticEvent.fromXdr(one, 'base64');
    const { topics, data } = event.body.value;
    return [...topics, data].map(errorText).filter(Boolean).join(' ');
  });
  return said.filter(Boolean).reverse().join('\n');
}

function errorText(value: xdr.ScVal): string {
  if (value.type === 'scvError') {
    const error = value.value;
    return error.type === 'sceContract'
      ? `Error(Contract, #${error.value})`
      : `Error(${error.type.slice('sce'.length)}, ${error.value.name.slice('scec'.length)})`;
  }
  if (value.type === 'scvString') return value.str.toString();
  return value.type === 'scvVec' ? (value.value ?? []).map(errorText).filter(Boolean).join(' ') : '';
}

/** Waits. */
export const sleep = (milliseconds: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, milliseconds);
  });
