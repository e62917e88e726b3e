import { useEffect, useState } from 'preact/hooks';

/** A value that several parts of the page look at. */
export interface Store<T> {
  get(): T;
  set(next: T): void;
  /** Calls back with each new value, until what it returns is called. */
  watch(seen: (value: T) => void): () => void;
}

/** A store that begins with this value. */
export function store<T>(initial: T): Store<T> {
  let value = initial;
  const watchers = new Set<(value: T) => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const seen of [...watchers]) seen(next);
    },
    watch(seen) {
      watchers.add(seen);
      return () => watchers.delete(seen);
    },
  };
}

/** The value of a store, in a component that is drawn anew when it changes. */
export function useStore<T>(source: Store<T>): T {
  const [value, setValue] = useState<T>(source.get());
  useEffect(() => {
    setValue(() => source.get());
    return source.watch((next) => setValue(() => next));
  }, [source]);
  return value;
}
