import { amountProblem, parseAmount } from 'tranche-client';

/** An amount as it is being typed: its units, or what is wrong with it. */
export function readAmount(text: string, decimals: number): { units: bigint } | { error: string } {
  const error = amountProblem(text.trim(), decimals);
  return error === null ? { units: parseAmount(text.trim(), decimals) } : { error };
}

/** What is wrong with a whole number that was typed; undefined if nothing is. */
export function wholeError(text: string, least: number, most: number): string | undefined {
  const number = Number(text);
  return /^\d{1,9}$/.test(text) && number >= least && number <= most
    ? undefined
    : `This has to be a whole number from ${least} to ${most}.`;
}
