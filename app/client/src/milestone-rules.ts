// The rules of contracts/escrow/src/rules/milestone.rs, as sentences.

import type { MilestoneScene, Obstacle, Rule } from './actions.js';
import { formatSum } from './amounts.js';
import type { Method } from './calls.js';
import { claimableBy, grossOf, isSettled } from './model.js';
import { fallback, fallbackSplit, releaseVotes, rulings, standing, votes } from './standing.js';
import { formatTime } from './time.js';

type MilestoneRule = Rule<MilestoneScene>;
type Check = (scene: MilestoneScene) => Obstacle | null;

/** The first obstacle of several. */
const first =
  (...checks: Check[]): Check =>
  (scene) => {
    for (const check of checks) {
      const obstacle = check(scene);
      if (obstacle !== null) return obstacle;
    }
    return null;
  };

const sum = ({ state }: MilestoneScene, units: bigint) => formatSum(units, state.token);
const rolesOf = ({ state }: MilestoneScene) => state.escrow.terms.roles;
const policyOf = ({ state }: MilestoneScene) => state.escrow.terms.policy;
const is = (list: string[], address: string | null) => address !== null && list.includes(address);

const isPayer = (scene: MilestoneScene) => rolesOf(scene).payer === scene.address;
const isReceiver = ({ milestone, address }: MilestoneScene) => milestone.receiver === address;
const isSide = (scene: MilestoneScene) => isPayer(scene) || isReceiver(scene);
const isOwed = ({ state, milestone, address }: MilestoneScene) =>
  address !== null &&
  claimableBy({ ...state, milestones: [milestone] }, address).milestones.length > 0;
const isApprover = (scene: MilestoneScene) => is(rolesOf(scene).approvers, scene.address);
const isSigner = (scene: MilestoneScene) => is(rolesOf(scene).release_signers, scene.address);
const isProvider = (scene: MilestoneScene) => is(rolesOf(scene).service_providers, scene.address);

const isOpen = ({ milestone: { open_at }, now }: MilestoneScene) => open_at > 0n && now >= open_at;
const isUnsigned = (scene: MilestoneScene) => rolesOf(scene).release_signers.length === 0;
const mayRelease = (scene: MilestoneScene) =>
  isOpen(scene) || isUnsigned(scene) || isSigner(scene);

const live: Check = (scene) => {
  const { state, milestone } = scene;
  if (!milestone.funded) {
    return `Not funded: ${sum(scene, grossOf(milestone))} more needed from the payer.`;
  }
  const { status, waits } = standing(state, milestone);
  return isSettled(milestone) ? `${status}: ${waits}` : null;
};

const undisputed: Check = ({ state, milestone }) =>
  milestone.flags.disputed ? `Disputed: waiting for a ruling, ${rulings(state, milestone)}.` : null;

const unapproved: Check = ({ state, milestone }) =>
  milestone.flags.approved
    ? `Approved already: waiting for ${releaseVotes(state, milestone)}.`
    : null;

const disputed: Check = ({ milestone }) =>
  milestone.flags.disputed ? null : 'The milestone is not disputed.';

const approvals = ({ milestone }: MilestoneScene) =>
  votes(milestone.approved_by.length, milestone.approvals_required);

const signatures = (scene: MilestoneScene) =>
  votes(scene.milestone.signed_by.length, policyOf(scene).release_quorum);

const uncompleted: Check = (scene) =>
  scene.milestone.status.tag === 'Completed'
    ? `Reported as completed: waiting for approval, ${approvals(scene)}.`
    : null;

const notVoted: Check = (scene) =>
  is(scene.milestone.approved_by, scene.address)
    ? `Your approval is counted: waiting for approval, ${approvals(scene)}.`
    : null;

/** The escrow holds this much, which only an issuer that claws back can change. */
const holds =
  (units: (scene: MilestoneScene) => bigint): Check =>
  (scene) => {
    const missing = units(scene) - (scene.state.balances?.balance ?? units(scene));
    if (missing <= 0n) return null;
    return `The escrow holds too little: ${sum(scene, missing)} more needed, which anybody can send.`;
  };

/** A vote pays at once, if it is the last that it takes. */
const paysWith = (scene: MilestoneScene) => {
  const { signed_by: signed } = scene.milestone;
  const fresh = isSigner(scene) && !is(signed, scene.address) ? 1 : 0;
  return isOpen(scene) || signed.length + fresh >= policyOf(scene).release_quorum;
};

const amount = ({ milestone }: MilestoneScene) => milestone.amount;
const gross = ({ milestone }: MilestoneScene) => grossOf(milestone);

const released: Check = (scene) => {
  const { milestone, now } = scene;
  if (isOpen(scene)) return null;
  if (!milestone.flags.approved) {
    const because = `Waiting for approval, ${approvals(scene)}`;
    return milestone.open_at > now ? { until: milestone.open_at, because } : `${because}.`;
  }
  if (isUnsigned(scene) || !isSigner(scene)) {
    const because = `Waiting for ${releaseVotes(scene.state, milestone)}`;
    return milestone.open_at > now ? { until: milestone.open_at, because } : null;
  }
  return is(milestone.signed_by, scene.address) && !paysWith(scene)
    ? `Your vote is counted: waiting for ${releaseVotes(scene.state, milestone)}.`
    : null;
};

const pays = (scene: MilestoneScene) =>
  `Pays ${sum(scene, scene.milestone.amount)} to the receiver.`;

/** The entry points that are about a milestone. */
export const MILESTONE_RULES: Partial<Record<Method, MilestoneRule>> = {
  change_status: {
    by: () => 'a service provider',
    may: isProvider,
    obstacle: first(live, undisputed, unapproved, uncompleted),
    does: ({ milestone: { due }, now }) =>
      due > 0n && now > due
        ? `Reports how the work stands, but no more as completed: it was due at ${formatTime(due)}.`
        : 'Reports how the work stands. Completed starts the review.',
  },
  approve: {
    by: () => 'an approver',
    may: isApprover,
    obstacle: first(live, undisputed, unapproved, notVoted),
    does: (scene) => `Your vote that the receiver may be paid. So far ${approvals(scene)}.`,
  },
  reject: {
    by: () => 'an approver',
    may: isApprover,
    obstacle: first(live, undisputed, unapproved, ({ milestone }) =>
      milestone.status.tag === 'Completed'
        ? null
        : 'Only work that was reported as completed can be sent back.',
    ),
    does: () => 'Sends the work back to the provider, with a reason.',
  },
  release: {
    by: (scene) => (isOpen(scene) || isUnsigned(scene) ? 'anybody' : 'a release signer'),
    may: mayRelease,
    concerns: (scene) => isSigner(scene) || isSide(scene),
    obstacle: first(live, undisputed, released, (scene) =>
      paysWith(scene) ? holds(amount)(scene) : null,
    ),
    does: (scene) =>
      paysWith(scene)
        ? pays(scene)
        : `Your vote to pay ${sum(scene, scene.milestone.amount)}. So far ${signatures(scene)}.`,
  },
  confirm: {
    by: (scene) =>
      isOpen(scene) || isUnsigned(scene) ? 'an approver' : 'an approver who is a release signer too',
    may: (scene) => isApprover(scene) && mayRelease(scene),
    obstacle: first(live, undisputed, unapproved, notVoted, (scene) =>
      confirmPays(scene) ? holds(amount)(scene) : null,
    ),
    does: (scene) =>
      confirmPays(scene)
        ? `Approves the work and pays ${sum(scene, scene.milestone.amount)} to the receiver.`
        : `Your votes to approve and to pay. So far approved ${approvals(scene)}.`,
  },
  dispute: {
    by: ({ milestone }) =>
      milestone.flags.approved
        ? 'the payer or the receiver'
        : 'the payer, the receiver, an approver, a service provider or a release signer',
    may: (scene) =>
      isSide(scene) ||
      (!scene.milestone.flags.approved &&
        (isApprover(scene) || isProvider(scene) || isSigner(scene))),
    obstacle: first(
      (scene) =>
        rolesOf(scene).dispute_resolvers.length === 0
          ? 'This escrow has no dispute resolvers: the sides settle, or the receiver gives back.'
          : null,
      live,
      undisputed,
    ),
    does: () => 'Stops the milestone until the dispute is ruled on, dropped, or runs out of time.',
  },
  resume: {
    by: () => 'the payer or the receiver',
    may: isSide,
    obstacle: first(live, disputed, (scene) => {
      const asked = scene.milestone.resumed_by;
      const one = rolesOf(scene).payer === scene.milestone.receiver;
      return is(asked, scene.address) && !one ? 'You have asked: waiting for the other side.' : null;
    }),
    does: ({ milestone }) =>
      milestone.resumed_by.length > 0
        ? 'The other side has asked already: the dispute is dropped, and work goes on.'
        : 'Asks to drop the dispute; it takes the other side too.',
  },
  resolve: {
    by: () => 'a dispute resolver',
    may: (scene) => is(rolesOf(scene).dispute_resolvers, scene.address),
    obstacle: first(live, disputed, (scene) =>
      is(rolesOf(scene).dispute_resolvers, scene.address) && isReceiver(scene)
        ? 'You are the receiver of this milestone: another resolver has to rule.'
        : null,
    ),
    does: (scene) =>
      `Rules how the amount is split. So far ${rulings(scene.state, scene.milestone)}.`,
  },
  resolve_by_default: {
    by: () => 'anybody',
    may: () => true,
    concerns: isSide,
    obstacle: first(
      live,
      disputed,
      ({ milestone: { default_at: at }, now }) => {
        if (at === 0n) return 'Disputes have no time limit here: it takes a ruling.';
        return now < at ? { until: at, because: 'The resolvers can still rule' } : null;
      },
      (scene) => holds(() => largestPart(scene))(scene),
    ),
    does: ({ state, milestone }) => `Ends the dispute as agreed: ${fallback(state, milestone)}.`,
  },
  settle: {
    by: () => 'the payer or the receiver',
    may: isSide,
    obstacle: live,
    does: (scene) => {
      const other = scene.milestone.offers.find(({ party }) => party !== scene.address);
      return other
        ? `The other side offers ${sum(scene, other.to_receiver)} to the receiver: the same pays it.`
        : 'Offers a split to the other side; if it offers the same, it is paid.';
    },
  },
  refund: {
    by: () => 'the receiver',
    may: isReceiver,
    obstacle: first(live, holds(gross)),
    does: (scene) => `Gives ${sum(scene, grossOf(scene.milestone))} back to the payer.`,
  },
  reclaim: {
    by: () => 'the payer',
    may: isPayer,
    obstacle: first(
      live,
      undisputed,
      unapproved,
      uncompleted,
      ({ milestone: { due }, now }) => {
        if (due === 0n) return 'The milestone has no due date.';
        return now > due ? null : { until: due + 1n, because: 'The work is not due yet' };
      },
      holds(gross),
    ),
    does: (scene) => `Takes ${sum(scene, grossOf(scene.milestone))} back: the work is late.`,
  },
  claim: {
    by: () => 'anybody, for the owner',
    may: () => true,
    concerns: isOwed,
    obstacle: first(
      ({ milestone }) => (milestone.credited > 0n ? null : 'Nothing waits to be claimed here.'),
      holds(({ milestone }) => milestone.credited),
    ),
    does: (scene) => `Pays ${sum(scene, scene.milestone.credited)} that wait to be claimed.`,
  },
  redirect: {
    by: () => 'the receiver',
    may: isReceiver,
    obstacle: (scene) => (isSettled(scene.milestone) ? live(scene) : null),
    does: () => 'Has the milestone paid to another address instead.',
  },
};

/** Whether a confirmation pays at once. */
function confirmPays(scene: MilestoneScene): boolean {
  const { approved_by: approved, approvals_required: needed } = scene.milestone;
  return isOpen(scene) || (approved.length + 1 >= needed && paysWith(scene));
}

function largestPart({ state, milestone }: MilestoneScene): bigint {
  const { toReceiver, toPayer } = fallbackSplit(state, milestone);
  return toReceiver > toPayer ? toReceiver : toPayer;
}
