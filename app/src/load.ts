import { problemOf, type Problem } from 'tranche-client';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

/** Something that is being read, was read, or could not be. */
export interface Loaded<T> {
  /** What was read last; it stays while it is read again. */
  value: T | undefined;
  /** Why the last reading failed. */
  problem: Problem | undefined;
  loading: boolean;
  /** Reads it again. */
  reload: () => Promise<void>;
}

/**
 * Reads something for a component, again whenever one of `inputs` changes. What was read for the former
 * inputs is forgotten at once, unless it may be shown until the new is there.
 */
export function useLoad<T>(
  read: () => Promise<T>,
  inputs: readonly unknown[],
  { stays = false } = {},
): Loaded<T> {
  const [told, setTold] = useState<Omit<Loaded<T>, 'reload'>>(NOTHING);
  const turn = useRef(0);
  const load = useCallback(async () => {
    const mine = ++turn.current;
    setTold((before) => ({ ...before, loading: true }));
    try {
      const value = await read();
      if (mine === turn.current) setTold({ value, problem: undefined, loading: false });
    } catch (caught) {
      const problem = problemOf(caught);
      if (mine === turn.current) setTold(({ value }) => ({ value, problem, loading: false }));
    }
  }, inputs);
  useEffect(() => {
    if (!stays) setTold(NOTHING);
    void load();
    return () => void turn.current++;
  }, [load]);
  return { ...told, reload: load };
}

const NOTHING = { value: undefined, problem: undefined, loading: true };
