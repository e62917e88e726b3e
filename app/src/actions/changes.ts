import type { Call, EscrowState, Milestone, Terms } from 'tranche-client';
import { milestoneTitle } from '../escrow/words.ts';
import { fingerprintOf } from './fingerprint.ts';

/** The milestones that a call names, by their numbers. */
export function namedIn({ args }: Call): number[] {
  if ('payouts' in args) return args.payouts.map(({ milestone }) => milestone);
  if ('rulings' in args) return args.rulings.map(({ milestone }) => milestone);
  if ('updates' in args) return args.updates.map(({ milestone }) => milestone);
  if ('milestones' in args) return args.milestones;
  return 'milestone' in args ? [args.milestone] : [];
}

/** What a call is about, and is another by now: in words; none if all is as it was. */
export function changesSince(call: Call, before: EscrowState, now: EscrowState): string[] {
  return [
    ...differing(escrowOf(call, before), escrowOf(call, now)),
    ...namedIn(call).flatMap((number) => {
      const [was, is] = [before, now].map((state) =>
        state.milestones.find(({ milestone }) => milestone === number),
      );
      if (!was || !is) return [];
      const parts = differing(partsOf(call, before, was), partsOf(call, now, is));
      return parts.length > 0
        ? [`milestone ${number} ${milestoneTitle(is)} (${parts.join(', ')})`]
        : [];
    }),
  ];
}

type Parts = Record<string, unknown>;

/** The names of what is not the same in both; the revision only where nothing else tells. */
function differing(before: Parts, now: Parts): string[] {
  const parts = Object.keys(now).filter(
    (part) => fingerprintOf(before[part]) !== fingerprintOf(now[part]),
  );
  return parts.length > 1 ? parts.filter((part) => part !== 'revision') : parts;
}

const escrowOf = (call: Call, state: EscrowState): Parts => ({
  ...termsOf(state.escrow.terms),
  ...booksOf(call, state),
});

const termsOf = ({ roles, title, description, document, policy }: Terms): Parts => ({
  'the escrow’s title': title,
  'the escrow’s description': description,
  'the escrow’s document': document,
  policy,
  payer: roles.payer,
  admin: roles.admin,
  platform: roles.platform,
  approvers: roles.approvers,
  'service providers': roles.service_providers,
  'release signers': roles.release_signers,
  'dispute resolvers': roles.dispute_resolvers,
});

/** What of the escrow's books a call is about. */
function booksOf({ method }: Call, { escrow, balances, credits }: EscrowState): Parts {
  const { milestones, funded, gross } = escrow.totals;
  switch (method) {
    case 'fund':
    case 'count_deposit':
    case 'update':
    case 'manage_milestones':
      return { revision: escrow.revision, milestones: [milestones, funded, gross] };
    case 'withdraw':
      return { 'what is not needed': balances?.unreserved };
    case 'claim':
      return { fees: credits.fees };
    default:
      return {};
  }
}

/** What of a milestone a signer has looked at. Votes of others are no reason to look again. */
function partsOf({ method }: Call, { credits }: EscrowState, one: Milestone): Parts {
  const { title, description, document, status, note, evidence, flags } = one;
  return {
    title,
    description,
    document,
    amount: one.amount,
    receiver: one.receiver,
    'due date': one.due,
    'approvals needed': one.approvals_required,
    status,
    note,
    evidence,
    state: flags,
    revision: one.revision,
    ...(method === 'settle' && { offers: one.offers }),
    ...(method === 'claim' && { credit: credits.milestones[one.milestone] }),
  };
}
