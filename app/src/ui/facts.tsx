import type { ComponentChildren } from 'preact';

/** Names and what they are; rows without a value are left out. */
export function Facts({
  rows,
}: {
  rows: readonly (readonly [ComponentChildren, ComponentChildren])[];
}) {
  return (
    <dl class="facts">
      {rows
        .filter(
          ([, value]) => value !== undefined && value !== null && value !== '' && value !== false,
        )
        .map(([name, value], at) => (
          <div key={at}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
