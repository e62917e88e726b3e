// What the contract, its token and the network say when they refuse, as sentences.

import { spec } from './generated/spec.js';
import { failure, type Problem, type ProblemKind, TrancheError } from './problem.js';

/** One error of the contract. */
export interface ContractError {
  code: number;
  name: string;
  /** What happened. */
  sentence: string;
  /** What to do. */
  advice: string;
}

const LOOK_AGAIN = 'Something changed meanwhile: look at it as it is now, then try again.';
const OTHER_SEAT = 'Look who holds the seat, and sign with that account.';
const NOTHING_TO_DO = 'There is nothing left to do here.';
const CORRECT_TERMS = 'Correct the terms.';

const ADVICE: Readonly<Record<number, string>> = {
  1: OTHER_SEAT,
  2: OTHER_SEAT,
  3: OTHER_SEAT,
  4: OTHER_SEAT,
  5: 'A release signer has to sign, or the review window has to pass.',
  6: OTHER_SEAT,
  7: OTHER_SEAT,
  8: 'Payer and receiver may, and before the work is approved everybody who works on it.',
  9: 'Another resolver has to rule.',
  10: 'Look who holds the seat now: only they can hand it over.',
  20: 'Name at least one thing to change.',
  21: 'Name each milestone once.',
  22: 'Split it: fewer milestones, or shorter texts, at once.',
  23: 'Look at the list of milestones: the first has the number 0.',
  24: 'Check what was entered.',
  30: 'Shorten it, or write it elsewhere and name where it can be read.',
  31: 'A list has at most ten members; there is at least one approver and one service provider.',
  32: 'Name each address once in a list.',
  33: 'Choose a resolver who is nothing else in this escrow, except an observer.',
  34: 'Name another address.',
  35: 'Check the address of the token.',
  36: 'Lower the fee.',
  37: 'Correct the quorum: at least 1 and at most as many as there are seats; 0 where there are none.',
  38: 'Choose a shorter window.',
  39: 'Enter an amount above zero.',
  40: 'Ask for at least one approval, and for no more than there are approvers.',
  41: 'Choose a later date, or none.',
  42: 'Correct the amounts, or the total.',
  43: 'Add a milestone.',
  44: 'Payer, admin and platform hand their seat over instead; the others are fixed for life.',
  50: LOOK_AGAIN,
  51: LOOK_AGAIN,
  52: LOOK_AGAIN,
  53: 'Enter an amount from zero to that of the milestone.',
  60: 'The payer has to fund it first.',
  61: NOTHING_TO_DO,
  62: NOTHING_TO_DO,
  63: 'It has to be ruled on, resumed or settled first.',
  64: 'Look at the milestone as it is now.',
  65: 'It waits to be released.',
  66: 'The approvers have to approve it, or the review window has to pass.',
  67: 'The approvers approve it, or send it back.',
  68: 'Only work that was reported as completed can be sent back.',
  69: 'It takes the votes of others.',
  70: 'Approvers can still approve late work; the payer can reclaim it.',
  71: 'Wait until the due date has passed.',
  72: 'Wait until the dispute window has passed.',
  73: 'The two sides can settle, or the receiver gives the money back.',
  74: 'Terms can only be changed while nothing is funded.',
  80: 'Check the balance, the trustline and the limit of the account, then try again.',
  81: 'This token keeps a part of each transfer: it cannot be used for an escrow.',
  82: 'Send more tokens to the escrow, or fund from the wallet.',
  83: 'Anybody can send the missing tokens to the escrow; then try again.',
  84: 'Look on which milestones something waits to be claimed.',
  85: NOTHING_TO_DO,
  86: CORRECT_TERMS,
};

/** All errors of the contract, by their number. */
export const contractErrors: ReadonlyMap<number, ContractError> = new Map(
  spec.errorCases().map((one) => {
    const [code, name, sentence] = [one.value, one.name.toString(), one.doc.toString()];
    return [code, { code, name, sentence, advice: ADVICE[code] ?? '' }];
  }),
);

const TRANSFER_FAILED = 80;

/** What a Stellar asset's contract says, where a transfer failed. */
const TOKEN_ERRORS: Readonly<Record<number, string>> = {
  6: 'The account does not exist.',
  8: 'The amount is not allowed.',
  9: 'The allowance does not suffice.',
  10: 'The balance does not suffice, or the limit of a trustline would be passed.',
  11: 'The balance is frozen by the issuer.',
  13: 'The account has no trustline for this token.',
};

/** What a refusal by the contract comes to. */
function refusal(codes: number[], said: string): Problem {
  const code = codes.find((one) => contractErrors.has(one)) ?? codes[0] ?? 0;
  const error = contractErrors.get(code);
  if (!error) {
    return {
      kind: 'contract',
      happened: `The contract refused with error ${code}, which is none of an escrow's.`,
      next: 'Check that the address is that of an escrow.',
      code,
      details: said,
    };
  }
  const token = code === TRANSFER_FAILED && codes.map((one) => TOKEN_ERRORS[one]).find(Boolean);
  return {
    kind: 'contract',
    happened: token ? `${error.sentence} ${token}` : error.sentence,
    next: error.advice,
    code,
    name: error.name,
    details: said,
  };
}

type Rule = [pattern: RegExp, kind: ProblemKind, happened: string, next: string];

const AGAIN = 'Try again.';
const CHANGED = 'What the call needs has changed since it was prepared; nothing was carried out.';

/** What the host and the network say, most telling first. */
const RULES: Rule[] = [
  // After a simulation that went well: it did not foresee what others did meanwhile.
  [
    /outside of the footprint|resourceLimitExceeded|InsufficientRefundableFee/i,
    'refused',
    CHANGED,
    AGAIN,
  ],
  [
    /Error\(Storage, ExistingValue\)/,
    'refused',
    'There is a contract at this address already.',
    'Choose another engagement id: the same deployer and engagement make the same address.',
  ],
  [
    /signature has expired/,
    'expired',
    'A signature that was handed over has expired.',
    'Ask for it once more.',
  ],
  // Only what was carried out uses a signature up.
  [
    /Error\(Auth, ExistingValue\)/,
    'refused',
    'This signature was used already: what it is for has been carried out.',
    'Look at the escrow as it is now.',
  ],
  [
    /Error\(Auth,/,
    'co-signer',
    'Somebody who did not sign would have to.',
    'Sign with the account that holds the seat.',
  ],
  [
    /Error\(WasmVm, MissingValue\)|Error\(Value, InvalidInput\)/,
    'not-found',
    'The contract has no such call: it is of another kind, and not an escrow.',
    'Check the address.',
  ],
  [
    /MissingValue/,
    'not-found',
    'There is no such contract on this network, or its code is not there.',
    'Check the address, and the network that you are on.',
  ],
  [
    /Budget|ExceededLimit|exceeds/i,
    'refused',
    'This is more than one transaction can carry.',
    'Split it: fewer milestones, or shorter texts, at once.',
  ],
  [
    /txTooLate/,
    'expired',
    'The transaction came too late, and was not carried out.',
    AGAIN,
  ],
  [
    /txInsufficientBalance/,
    'no-funds',
    'The account has too little XLM for the fee and its reserve.',
    'Send it some XLM, then try again.',
  ],
  [
    /txNoAccount/,
    'no-account',
    'The account does not exist on this network.',
    'Send it some XLM, which creates it.',
  ],
  [
    /txBadSeq/,
    'refused',
    'Another transaction of this account came first; this one was not carried out.',
    AGAIN,
  ],
  [
    /txBadAuth/,
    'wrong-signer',
    'The signature is not that of the account; nothing was carried out.',
    'Choose that account in the wallet, and sign again.',
  ],
  [
    /txInsufficientFee/,
    'refused',
    'The network is busy and asks for a higher fee; nothing was carried out.',
    'Try again in a minute.',
  ],
  [/txSorobanInvalid|EntryArchived|footprint/i, 'refused', CHANGED, AGAIN],
];

/** What the server or the network said, as a problem. */
export function explain(said: string): Problem {
  const codes = [...said.matchAll(/Error\(Contract, #(\d+)\)/g)].map(([, code]) => Number(code));
  if (codes.length > 0) return refusal(codes, said);
  for (const [pattern, kind, happened, next] of RULES) {
    if (pattern.test(said)) return { kind, happened, next, details: said };
  }
  return {
    kind: 'refused',
    happened: 'The network refused this; nothing was carried out.',
    next: 'Look at the details, and at the escrow as it is now.',
    details: said,
  };
}

/** What a wallet said, as a failure to be thrown. */
export function walletFailure(caught: unknown): TrancheError {
  if (caught instanceof TrancheError) return caught;
  const { code, message } = (caught ?? {}) as { code?: unknown; message?: unknown };
  const details = typeof message === 'string' ? message : String(caught);
  if (code === -4) {
    return failure(
      'rejected',
      'You did not sign: nothing was sent.',
      'Press the button again if you want to sign after all.',
      { details },
    );
  }
  return failure(
    'wallet',
    'The wallet did not sign: nothing was sent.',
    'Open the wallet, see that it is unlocked and allows this page, then try again.',
    { details },
  );
}
