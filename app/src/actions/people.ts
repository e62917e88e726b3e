import { addressProblem } from 'tranche-client';

/** What is wrong with an address that was typed; undefined if nothing is. */
export const addressError = (text: string): string | undefined =>
  addressProblem(text.trim()) ?? undefined;

/** The same where only a contract will do. */
export function contractProblem(text: string): string | undefined {
  const problem = addressError(text);
  if (problem) return problem;
  return text.startsWith('C') ? undefined : 'This is an account, and it has to be a contract (C…).';
}
