/** A text that differs whenever one of these does, whatever they are made of. */
export const fingerprintOf = (...values: unknown[]): string =>
  JSON.stringify(values, (_, value: unknown) => {
    if (typeof value === 'bigint') return `${value}n`;
    return value instanceof Uint8Array ? [...value] : value;
  });
