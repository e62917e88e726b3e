import { formatSum } from './amounts.js';
import type { MilestoneEdit, NewMilestone, Ruling, Settled, StatusUpdate } from './generated/types.js';
import type { Token } from './model.js';

/** What an event tells, by the names of the contract, of which anything can be missing. */
interface Told {
  amount?: bigint;
  fees?: bigint;
  through?: number;
  milestone?: number;
  milestones?: unknown[];
  approved?: number[];
  resumed?: number[];
  voted?: number[];
  settled?: Settled[];
  rulings?: Ruling[];
  updates?: StatusUpdate[];
  edit?: MilestoneEdit[];
  add?: NewMilestone[];
  remove?: number;
  reason?: string;
  role?: string;
  gained?: boolean;
  to?: string;
}

type Write = (told: Told, sum: (units: bigint | undefined) => string) => string;

const SENTENCES: Readonly<Record<string, Write>> = {
  created: ({ milestones = [] }) => `The escrow was created, with ${count(milestones.length)}.`,
  seat: ({ gained }) => (gained ? 'Got a seat.' : 'Lost a seat.'),
  funded: ({ through, amount }, sum) => `Paid in ${sum(amount)}: funded through milestone ${through}.`,
  deposit_counted: ({ through, amount }, sum) =>
    `Counted ${sum(amount)} that were here: funded through milestone ${through}.`,
  status_changed: ({ updates = [] }) => updates.map(report).join(' '),
  approved: ({ milestones = [], approved = [] }) =>
    `Approved ${named(milestones)}.${nowSo(approved, 'approved')}`,
  rejected: ({ milestones = [], reason }) => `Sent ${named(milestones)} back${because(reason)}`,
  released: ({ voted = [], settled = [] }, sum) =>
    [voted.length > 0 ? `Voted to pay ${named(voted)}.` : '', ...paid(settled, sum)].join(' ').trim(),
  confirmed: ({ milestones = [], approved = [], settled = [] }, sum) =>
    [`Confirmed ${named(milestones)}.${nowSo(approved, 'approved')}`, ...paid(settled, sum)].join(' '),
  disputed: ({ milestones = [], reason }) => `Disputed ${named(milestones)}${because(reason)}`,
  resumed: ({ milestones = [], resumed = [] }) =>
    resumed.length > 0
      ? `The dispute of ${named(resumed)} was dropped: work goes on.`
      : `Asked to drop the dispute of ${named(milestones)}.`,
  ruled: ({ rulings = [], settled = [] }, sum) =>
    [`Ruled ${splits(rulings, sum)}.`, ...paid(settled, sum)].join(' '),
  defaulted: ({ settled = [] }, sum) =>
    ['The resolvers stayed silent.', ...paid(settled, sum)].join(' '),
  offered: ({ rulings = [], settled = [] }, sum) =>
    [`Offered ${splits(rulings, sum)}.`, ...paid(settled, sum)].join(' '),
  refunded: ({ settled = [] }, sum) => ['Gave back.', ...paid(settled, sum)].join(' '),
  reclaimed: ({ settled = [] }, sum) => ['Took back late work.', ...paid(settled, sum)].join(' '),
  credited: ({ milestones = [], amount }, sum) =>
    `Could not be paid ${sum(amount)} for ${named(milestones)}: they wait to be claimed.`,
  claimed: ({ amount, fees }, sum) =>
    `${sum(amount)} that waited were paid${fees ? `, ${sum(fees)} of them fees` : ''}.`,
  withdrawn: ({ amount }, sum) => `Took out ${sum(amount)} that no milestone needed.`,
  updated: () => 'Replaced the terms.',
  milestones_managed: ({ remove = 0, edit = [], add = [] }) =>
    `Changed the milestones: ${remove} removed, ${edit.length} edited, ${add.length} added.`,
  redirected: ({ milestone, to }) => `Milestone ${milestone} is to be paid to ${to}.`,
  rotated: ({ role, to }) => `Handed the seat of ${role} to ${to}.`,
  ttl_extended: () => 'Paid rent ahead.',
  completed: () => 'The escrow is completed: every milestone is settled.',
  deposit: ({ amount }, sum) => `Sent ${sum(amount)} straight to the escrow’s address.`,
  clawback: ({ amount }, sum) => `The issuer took ${sum(amount)} from the escrow.`,
};

/** The names of all events that there are sentences for. */
export const EVENTS: readonly string[] = Object.keys(SENTENCES);

/** What an event tells, as a sentence. */
export function sentence(event: string, data: Record<string, unknown>, token: Token): string {
  const own = data.token === undefined || data.token === token.address;
  const sum = (units: bigint | undefined) =>
    own ? formatSum(units ?? 0n, token) : `${units} units of ${String(data.token)}`;
  return SENTENCES[event]?.(data as Told, sum) ?? `${event}.`;
}

const count = (milestones: number) =>
  `${milestones} milestone${milestones === 1 ? '' : 's'}`;

const named = (milestones: unknown[]) =>
  `milestone${milestones.length === 1 ? '' : 's'} ${milestones.join(', ')}`;

const nowSo = (milestones: number[], state: string) =>
  milestones.length > 0 ? ` Now ${state}: ${named(milestones)}.` : '';

const because = (reason: string | undefined) => (reason ? `: “${reason}”.` : '.');

const STATUS = { Pending: 'pending', InProgress: 'in progress', Completed: 'completed' };

const report = ({ milestone, status, note }: StatusUpdate) =>
  `Reported milestone ${milestone} as ${STATUS[status.tag]}${because(note ?? undefined)}`;

const splits = (rulings: Ruling[], sum: (units: bigint) => string) =>
  rulings
    .map(({ milestone, to_receiver: part }) => `${sum(part)} to the receiver of milestone ${milestone}`)
    .join(', ');

/** Where the money of settled milestones went. */
const paid = (settled: Settled[], sum: (units: bigint) => string) =>
  settled.map(([milestone, , toReceiver, fee, toPayer]) => {
    const sides: [bigint, string][] = [
      [toReceiver, 'to the receiver'],
      [fee, 'as fee to the platform'],
      [toPayer, 'back to the payer'],
    ];
    const parts = sides.filter(([units]) => units > 0n).map(([units, side]) => `${sum(units)} ${side}`);
    return `Milestone ${milestone}: ${parts.join(', ')}.`;
  });
