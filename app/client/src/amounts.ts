import type { Token } from './model.js';
import { failure } from './problem.js';

const LARGEST = 2n ** 127n - 1n;

/** What is wrong with a decimal number as an amount of a token, or null. */
export function amountProblem(text: string, decimals: number): string | null {
  if (text.startsWith('-')) return 'An amount cannot be negative.';
  if (!/^[0-9]+(\.[0-9]+)?$/.test(text)) {
    return 'An amount is digits with at most one point, such as 1000.50.';
  }
  const fraction = text.split('.')[1] ?? '';
  if (fraction.length > decimals) {
    return `This has ${fraction.length} decimals, and the token has ${decimals}.`;
  }
  return unitsOf(text, decimals) > LARGEST ? 'This is more than can be counted.' : null;
}

/** Reads a decimal number such as `1000.50`, exactly. */
export function parseAmount(text: string, decimals: number): bigint {
  const problem = amountProblem(text, decimals);
  if (problem) throw failure('input', problem, 'Correct the amount.');
  return unitsOf(text, decimals);
}

/** As a decimal number that `parseAmount` and programs read: `1000.5`. */
export function plainAmount(units: bigint, decimals: number): string {
  const sign = units < 0n ? '-' : '';
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return `${sign}${whole}${fraction && `.${fraction}`}`;
}

/** The same for people, with thousands apart: `1,000.5`. */
export function formatAmount(units: bigint, decimals: number): string {
  const [whole = '', fraction] = plainAmount(units, decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** The same with the token's symbol: `1,000.5 USDC`. */
export const formatSum = (units: bigint, { decimals, symbol }: Token): string =>
  `${formatAmount(units, decimals)} ${symbol}`;

/** The platform's part, on top of an amount, as the contract reckons it. */
export const feeOf = (amount: bigint, bps: number): bigint => (amount * BigInt(bps)) / 10_000n;

/** Where a milestone's gross goes, when the receiver gets so much of its amount. */
export function splitOf(
  { amount, fee }: { amount: bigint; fee: bigint },
  bps: number,
  toReceiver: bigint,
): { toReceiver: bigint; fee: bigint; toPayer: bigint } {
  const earned = feeOf(toReceiver, bps);
  return { toReceiver, fee: earned, toPayer: amount + fee - toReceiver - earned };
}

function unitsOf(text: string, decimals: number): bigint {
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(decimals, '0'));
}
