/** What kind of thing went wrong. */
export type ProblemKind =
  /** What was entered is wrong; nothing was sent. */
  | 'input'
  /** The contract refused. */
  | 'contract'
  /** The network refused before, or outside of, the contract. */
  | 'refused'
  /** The server cannot be reached, does not answer in time, or answers what makes no sense. */
  | 'unreachable'
  | 'slow'
  | 'nonsense'
  /** There is no such contract, or it is no escrow. */
  | 'not-found'
  /** The person said no. */
  | 'rejected'
  /** The wallet failed, is on another network, or signed for somebody else. */
  | 'wallet'
  | 'wrong-network'
  | 'wrong-signer'
  /** Somebody else has to sign as well. */
  | 'co-signer'
  /** The account does not exist, or has too little XLM. */
  | 'no-account'
  | 'no-funds'
  /** The transaction was not taken into a ledger in time, and cannot be any more. */
  | 'expired'
  /** It was sent, and nobody can say what became of it. */
  | 'lost';

/** What happened and what to do, in sentences. */
export interface Problem {
  kind: ProblemKind;
  happened: string;
  next: string;
  /** The contract's error, where it was the contract that refused. */
  code?: number;
  name?: string;
  /** What was said by whoever failed, for those who want to look closer. */
  details?: string;
}

/** Every failure of this package. */
export class TrancheError extends Error {
  override readonly name = 'TrancheError';

  constructor(
    readonly problem: Problem,
    options?: ErrorOptions,
  ) {
    super(`${problem.happened} ${problem.next}`, options);
  }
}

/** A failure of this kind, to be thrown. */
export const failure = (
  kind: ProblemKind,
  happened: string,
  next: string,
  more: Partial<Pick<Problem, 'code' | 'name' | 'details'>> = {},
): TrancheError => new TrancheError({ kind, happened, next, ...more });

/** Whatever was caught, as a problem. */
export function problemOf(caught: unknown): Problem {
  if (caught instanceof TrancheError) return caught.problem;
  const details = caught instanceof Error ? caught.message : String(caught);
  return {
    kind: 'nonsense',
    happened: 'Something went wrong that nobody foresaw.',
    next: 'Look at the escrow again before you repeat anything.',
    details,
  };
}
