import { METHODS, type Method } from './calls.js';
import { ESCROW_RULES } from './escrow-rules.js';
import type { Milestone } from './generated/types.js';
import { MILESTONE_RULES } from './milestone-rules.js';
import type { EscrowState } from './model.js';
import { formatSpan } from './time.js';

/** What an address can do, or why not. */
export interface Action {
  method: Method;
  /** The milestone that it is about; null for the escrow as a whole. */
  milestone: number | null;
  /** To whom it belongs: `the payer`, `an approver`, `anybody`. */
  by: string;
  /** It is this address that it belongs to. */
  mine: boolean;
  allowed: boolean;
  /** What it does, if it is allowed; why it is not, and what it takes, if not. */
  reason: string;
  /** From when on time alone allows it. */
  opensAt?: bigint;
}

/** What stands in the way, and until when if time alone takes it away. */
export type Obstacle = string | { until: bigint; because: string };

/** What is looked at: an escrow, from an address, at a moment. */
export interface Scene {
  state: EscrowState;
  address: string | null;
  now: bigint;
}

/** One entry point, as far as it can be told from what is stored. */
export interface Rule<S extends Scene> {
  by: (scene: S) => string;
  /** Whether this address may call it at all. */
  may: (scene: S) => boolean;
  /** Whose turn or whose money it is, where anybody may. */
  concerns?: (scene: S) => boolean;
  obstacle: (scene: S) => Obstacle | null;
  does: (scene: S) => string;
}

/** A rule for a milestone. */
export interface MilestoneScene extends Scene {
  milestone: Milestone;
}

/** What can be done with an escrow as a whole. */
export const escrowActions = (
  state: EscrowState,
  address: string | null,
  now: bigint,
): Action[] =>
  METHODS.flatMap((method) => {
    const rule = ESCROW_RULES[method];
    return rule ? [actionOf(method, rule, { state, address, now }, null)] : [];
  });

/** What can be done with one of its milestones. */
export const milestoneActions = (
  state: EscrowState,
  milestone: Milestone,
  address: string | null,
  now: bigint,
): Action[] =>
  METHODS.flatMap((method) => {
    const rule = MILESTONE_RULES[method];
    const scene = { state, milestone, address, now };
    return rule ? [actionOf(method, rule, scene, milestone.milestone)] : [];
  });

function actionOf<S extends Scene>(
  method: Method,
  rule: Rule<S>,
  scene: S,
  milestone: number | null,
): Action {
  const { address, now } = scene;
  const by = rule.by(scene);
  const may = address !== null && rule.may(scene);
  const action = { method, milestone, by, mine: may && (rule.concerns?.(scene) ?? true) };
  const obstacle = rule.obstacle(scene);
  if (obstacle !== null && typeof obstacle !== 'string') {
    const { until, because } = obstacle;
    const reason = `${because}: opens in ${formatSpan(until - now)}.`;
    return { ...action, allowed: false, reason, opensAt: until };
  }
  if (obstacle !== null) return { ...action, allowed: false, reason: obstacle };
  if (address === null) return { ...action, allowed: false, reason: connect(by) };
  if (!may) return { ...action, allowed: false, reason: `Only ${by} may do this.` };
  return { ...action, allowed: true, reason: rule.does(scene) };
}

const connect = (by: string): string =>
  by.startsWith('anybody') ? 'Connect a wallet: anybody may do this.' : `Connect the wallet of ${by}.`;
