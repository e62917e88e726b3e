/** How dates, spans, fees and addresses are written. */

import { plainAmount } from 'tranche-client';

const moment = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** The last second that a date can tell of: beyond it, dates have no names. */
const LAST_SECOND = 8_640_000_000_000n;

/** Such as `28 Nov 2026, 09:04 UTC`; seconds since 1970 go in. */
export function dateOf(seconds: bigint): string {
  if (seconds > LAST_SECOND) return 'in a very distant year';
  return `${moment.format(new Date(Number(seconds) * 1000))} UTC`;
}

const UNITS: [string, bigint][] = [
  ['d', 86_400n],
  ['h', 3_600n],
  ['min', 60n],
  ['s', 1n],
];

/** The two largest units of a span, such as `3 d 4 h`. */
export function spanShort(seconds: bigint): string {
  const start = UNITS.findIndex(([, size]) => seconds >= size);
  if (start < 0) return '0 s';
  let rest = seconds;
  const parts: string[] = [];
  for (const [name, size] of UNITS.slice(start, start + 2)) {
    if (rest >= size) parts.push(`${rest / size} ${name}`);
    rest %= size;
  }
  return parts.join(' ');
}

const WORDS: [string, bigint][] = [
  ['day', 86_400n],
  ['hour', 3_600n],
  ['minute', 60n],
  ['second', 1n],
];

/** A span in the largest unit that it is a whole number of, such as `14 days`. */
export function spanExact(seconds: bigint): string {
  const [name, size] = WORDS.find(([, size]) => seconds % size === 0n) ?? ['second', 1n];
  return counted(seconds / size, name);
}

/** Such as `1 day`, `2 days`. */
export function counted(count: bigint | number, name: string): string {
  return `${count} ${name}${BigInt(count) === 1n ? '' : 's'}`;
}

/** The ends of an address, such as `GCRN5P…YRC45A`. */
export function shortAddress(address: string): string {
  return address.length > 16 ? `${address.slice(0, 6)}…${address.slice(-6)}` : address;
}

/** What is not drawn, or draws its neighbours elsewhere; not what belongs to a pictograph. */
const HIDDEN =
  /(?![\t\n])(?!(?<=\p{Extended_Pictographic}\ufe0f?)(?:\ufe0f|\u200d(?=\p{Extended_Pictographic})))[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** Letters that are written from right to left. */
const LEFTWARDS = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Text that others wrote, without what would disguise it, and without a hold on what stands beside it. */
export function plain(text: string): string {
  const shown = text.replace(HIDDEN, '\ufffd');
  return LEFTWARDS.test(shown) ? `\u2068${shown}\u2069` : shown;
}

/** A stroop is a ten-millionth of an XLM. */
const XLM_DECIMALS = 7;

/** What the network takes, such as `0.0032478 XLM`. */
export const xlm = (stroops: bigint): string => `${plainAmount(stroops, XLM_DECIMALS)} XLM`;
