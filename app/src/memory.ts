/** What the browser remembers between visits; a browser that refuses forgets, and nothing else happens. */

const PREFIX = 'tranche.';

/** What was kept under this name, if it is of the expected shape. */
export function recall<T>(name: string, understood: (value: unknown) => value is T): T | undefined {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(PREFIX + name) ?? 'null');
    return understood(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a value under this name. */
export function keep(name: string, value: unknown): void {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // A full or forbidden storage only means that the next visit starts afresh.
  }
}

/** Forgets what was kept under this name. */
export function forget(name: string): void {
  try {
    localStorage.removeItem(PREFIX + name);
  } catch {
    // As above.
  }
}

export const isText = (value: unknown): value is string => typeof value === 'string';

export const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every(isText);
