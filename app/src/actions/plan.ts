import type { ComponentChildren } from 'preact';
import {
  isSettled,
  milestoneActions,
  type Call,
  type EscrowState,
  type Method,
  type Milestone,
  type Network,
} from 'tranche-client';

/** What a form of an action knows. */
export interface Context {
  network: Network;
  state: EscrowState;
  /** The milestone that it is about, if it is about one. */
  milestone: Milestone | undefined;
  /** Who acts. */
  me: string;
  now: bigint;
}

/** What is about to be signed, and all that a person should know of it. */
export interface Plan {
  call: Call;
  /** What the button says, where the name of the action would say too little. */
  label?: string;
  /** What is shown before the wallet is asked. */
  rows: (readonly [string, ComponentChildren])[];
  /** Whose balances it may change, beside the escrow's. */
  parties: string[];
}

/** What a form comes to: a plan, or what is still missing for one. */
export type Planned = Plan | string;

/** The parts of every form: it draws its fields, and below them what they come to. */
export interface FormProps {
  context: Context;
  method: Method;
  children: (planned: Planned) => ComponentChildren;
}

/** The other milestones, of those that were read, for which the same action is possible now. */
export function others({ state, milestone, me, now }: Context, method: Method): Milestone[] {
  return state.milestones.filter((other) => {
    if (other.milestone === milestone?.milestone || isSettled(other)) return false;
    const action = milestoneActions(state, other, me, now).find((one) => one.method === method);
    return action?.allowed === true && action.mine;
  });
}
