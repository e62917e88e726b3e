import type { EscrowState, Milestone, Method, Seat, Standing } from 'tranche-client';
import type { Tone } from '../ui/badge.tsx';
import { plain } from '../ui/words.ts';

/** What the button of each entry point says. */
export const LABELS: Record<Method, string> = {
  fund: 'Fund',
  count_deposit: 'Fund from deposits',
  withdraw: 'Withdraw',
  change_status: 'Report progress',
  approve: 'Approve',
  reject: 'Send back',
  release: 'Release payment',
  confirm: 'Approve and release',
  dispute: 'Dispute',
  resume: 'Drop the dispute',
  resolve: 'Rule',
  resolve_by_default: 'Apply the fallback',
  settle: 'Offer a split',
  refund: 'Give back',
  reclaim: 'Reclaim',
  claim: 'Claim',
  redirect: 'Redirect the payout',
  rotate: 'Hand over a seat',
  update: 'Change the terms',
  manage_milestones: 'Change milestones',
  extend_ttl: 'Pay rent ahead',
};

/** What the other side of a milestone offers to settle for. */
export const offerTo = (me: string, { offers }: Milestone) =>
  offers.find(({ party }) => party !== me);

/** What an action is called where it is done: answering an offer is not making one. */
export const titleOfAction = (method: Method, milestone?: Milestone, me?: string): string =>
  method === 'settle' && milestone && me && offerTo(me, milestone)
    ? 'Answer the offer of a split'
    : LABELS[method];

/** What each does, for the person who is about to sign it. */
export const EXPLANATIONS: Record<Method, string> = {
  fund: 'You lock the amount and the fee of every milestone not yet funded, through the one you choose. It goes to the receiver once the work is approved and released, or back to you.',
  count_deposit:
    'Tokens that were sent straight to the escrow’s address are yours. With this they fund milestones; nothing is taken from your account.',
  withdraw:
    'Everything at the escrow’s address that no milestone and no credit needs goes to the payer.',
  change_status:
    'You report how the work stands. Votes and offers so far are void, since they were about the work as it was.',
  approve:
    'You approve the work: this receiver may be paid this amount. An approval is not taken back.',
  reject: 'You send completed work back, and say why. Votes and offers so far are void.',
  release: 'You pay this receiver this amount, or vote for it where several have to.',
  confirm: 'You approve the work and pay this receiver this amount, in one.',
  dispute: 'You stop this milestone until the dispute is ruled on, dropped, or runs out of time.',
  resume:
    'You ask to drop the dispute. When payer and receiver both have, work goes on where it was.',
  resolve:
    'You rule how this milestone is split. When enough resolvers rule the same, it is paid so, and final.',
  resolve_by_default:
    'The resolvers stayed silent for the whole dispute window. What was agreed for this case is done now.',
  settle:
    'You say how to split this milestone. When payer and receiver say the same, it is paid so, and final.',
  refund: 'You give the money of this milestone, fee included, back to the payer. That is final.',
  reclaim:
    'The work was not completed when due: you take the money of this milestone back, fee included. That is final.',
  claim:
    'You have paid out what is credited here: a payout that failed before, or the platform’s fees.',
  redirect:
    'You have this milestone paid to another address. Approvals stay; release votes and offers are void.',
  rotate: 'One of you hands a seat, with its votes and credits, to the other. Both have to sign.',
  update: 'You replace texts, role lists and policy, while nothing is funded.',
  manage_milestones:
    'You remove milestones from the end, edit some, and add some at the end. Funded ones are out of reach.',
  extend_ttl:
    'You pay ahead for the storage of this escrow and of the code that all escrows share.',
};

/** The colour of each standing of a milestone. */
export const TONES: Record<Standing['status'], Tone> = {
  'Not funded': 'quiet',
  Pending: 'quiet',
  'In progress': 'calm',
  Completed: 'wait',
  Approved: 'calm',
  Disputed: 'bad',
  Released: 'good',
  Resolved: 'good',
  Refunded: 'quiet',
};

/** The states of an escrow, as they are called. */
export const STATES: Record<EscrowState['escrow']['state']['tag'], { name: string; tone: Tone }> = {
  AwaitingFunds: { name: 'Awaiting funds', tone: 'wait' },
  Active: { name: 'Active', tone: 'calm' },
  Completed: { name: 'Completed', tone: 'good' },
};

/** What a provider reports of the work. */
export const STATUSES: Record<Milestone['status']['tag'], string> = {
  Completed: 'Completed',
  InProgress: 'In progress',
  Pending: 'Pending',
};

/** What the fallback of a dispute comes to. */
export const FALLBACKS = {
  Refund: 'everything goes back to the payer',
  Release:
    'the receiver is paid if the work was completed or approved; else the payer gets it back',
  Even: 'each side gets half',
} as const;

/** The seats, as people call them. */
export const ROLES: readonly (readonly [Seat, string])[] = [
  ['payer', 'Payer'],
  ['approver', 'Approver'],
  ['service provider', 'Service provider'],
  ['release signer', 'Release signer'],
  ['dispute resolver', 'Dispute resolver'],
  ['receiver', 'Receiver'],
  ['platform', 'Platform'],
  ['admin', 'Admin'],
  ['observer', 'Observer'],
];

/** What an escrow is called: its title, or else its engagement id. */
export const titleOf = ({ escrow: { terms } }: EscrowState): string =>
  plain(terms.title || terms.engagement_id) || 'Untitled escrow';

/** What a milestone is called. */
export const milestoneTitle = ({ title, milestone }: Milestone): string =>
  plain(title) || `Milestone ${milestone}`;

/** Basis points as per cent, such as `2.5 %`. */
export function percent(bps: number): string {
  const hundredths = String(bps % 100)
    .padStart(2, '0')
    .replace(/0+$/, '');
  return `${Math.floor(bps / 100)}${hundredths && `.${hundredths}`} %`;
}
