import { latestLedger, problemOf, type Ledger, type Network, type Problem } from 'tranche-client';
import { useEffect, useState } from 'preact/hooks';
import { store, useStore } from '../store.ts';

/** The latest ledger that the page has seen, and when it saw it by a clock that only measures spans. */
interface Seen extends Ledger {
  seenAt: number;
}

const latest = store<Seen | undefined>(undefined);

/** Why the server does not tell its latest ledger; undefined while it does. */
export const silence = store<Problem | undefined>(undefined);

/** Takes note of a ledger that came with something else that was read. */
export function noteLedger(ledger: Ledger): void {
  const before = latest.get();
  // An older one counts too: a network for development can go back to a snapshot.
  if (before?.sequence === ledger.sequence) return;
  latest.set({ ...ledger, seenAt: performance.now() });
}

/** The ledger's time, in seconds since 1970; undefined until one has been seen. */
export function ledgerNow(): bigint | undefined {
  const seen = latest.get();
  if (!seen) return undefined;
  return seen.time + BigInt(Math.floor((performance.now() - seen.seenAt) / 1000));
}

/** The same in a component, which is drawn anew each second. */
export function useNow(): bigint | undefined {
  const [now, setNow] = useState(ledgerNow());
  useEffect(() => {
    const tick = () => setNow(ledgerNow());
    const timer = setInterval(tick, 1000);
    const unwatch = latest.watch(tick);
    return () => {
      clearInterval(timer);
      unwatch();
    };
  }, []);
  return now;
}

/** The latest ledger's number, in a component. */
export const useLedger = (): number | undefined => useStore(latest)?.sequence;

/** Reads again with each ledger: also what could not be read, and has told no ledger yet. */
export function useLedgers(
  read: Ledger | undefined,
  { loading, reload }: { loading: boolean; reload: () => Promise<void> },
): void {
  const readAt = read?.sequence;
  const first = readAt === undefined && loading;
  useEffect(() => {
    // A first reading that takes long is not begun anew.
    if (first) return undefined;
    return onLedger(({ sequence }) => void (sequence !== readAt && reload()));
  }, [reload, readAt, first]);
  useEffect(() => {
    if (read) noteLedger(read);
  }, [readAt]);
}

/** Calls back whenever the network has closed another ledger. */
const onLedger = (closed: (ledger: Ledger) => void): (() => void) =>
  latest.watch((seen) => void (seen && closed(seen)));

const PACE_MILLISECONDS = 5000;

/** Asks for the latest ledger from time to time, as long as the page is looked at. */
export function followLedgers(network: Network): void {
  const ask = async () => {
    if (document.visibilityState === 'hidden') return;
    try {
      noteLedger(await latestLedger(network));
      silence.set(undefined);
    } catch (caught) {
      silence.set(problemOf(caught));
    }
  };
  void ask();
  setInterval(() => void ask(), PACE_MILLISECONDS);
  document.addEventListener('visibilitychange', () => void ask());
}
