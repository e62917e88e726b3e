const UNITS = [
  ['day', 86_400n],
  ['hour', 3_600n],
  ['minute', 60n],
  ['second', 1n],
] as const;

/** A span for people, in its two largest units: `6 days 3 hours`. */
export function formatSpan(seconds: bigint): string {
  const first = UNITS.findIndex(([, length]) => seconds >= length);
  if (first < 0) return 'no time';
  let rest = seconds;
  const parts = UNITS.slice(first, first + 2).map(([name, length]) => {
    const count = rest / length;
    rest %= length;
    return count === 0n ? '' : `${count} ${name}${count === 1n ? '' : 's'}`;
  });
  return parts.filter(Boolean).join(' ');
}

/** The last second of the year 9999; the contract takes later ones too. */
const LAST_SECOND = 253_402_300_799n;

/** A moment of the network, in UTC: `2027-03-01 12:00:00 UTC`. */
export const formatTime = (seconds: bigint): string =>
  seconds > LAST_SECOND
    ? 'after the year 9999'
    : `${new Date(Number(seconds) * 1_000).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
