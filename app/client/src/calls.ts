import { Address, Contract, nativeToScVal, xdr } from '@stellar/stellar-sdk/base';
import { open } from './assemble.js';
import type { Client } from './generated/client.js';
import { spec } from './generated/spec.js';
import type {
  Milestone,
  MilestoneEdit,
  NewMilestone,
  Payout,
  Role,
  Ruling,
  StatusUpdate,
  Terms,
} from './generated/types.js';
import { grossOf, type EscrowState } from './model.js';
import { prepareOperation, type Prepared } from './prepare.js';
import { failure } from './problem.js';
import type { Network } from './rpc.js';

/** The entry points that change something, in the order of the contract. */
export const METHODS = [
  'fund',
  'count_deposit',
  'change_status',
  'approve',
  'reject',
  'release',
  'confirm',
  'dispute',
  'resume',
  'resolve',
  'resolve_by_default',
  'settle',
  'refund',
  'reclaim',
  'claim',
  'withdraw',
  'update',
  'manage_milestones',
  'redirect',
  'rotate',
  'extend_ttl',
] as const satisfies (keyof Client)[];

/** An entry point that changes something. */
export type Method = (typeof METHODS)[number];

/** The arguments of an entry point, by name. */
export type ArgumentsOf<M extends Method> = Parameters<Client[M]>[0];

/** A call of an entry point. */
export type Call<M extends Method = Method> = {
  [One in M]: { method: One; args: ArgumentsOf<One> };
}[M];

/** Simulates a call from this account. What the contract would refuse is thrown as it says it. */
export const prepare = async (
  network: Network,
  source: string,
  id: string,
  call: Call,
): Promise<Prepared> => {
  const operation = operationOf(id, call);
  const beneath = call.method === 'fund' ? await payment(network, id, call.args) : undefined;
  return prepareOperation(network, source, operation, { beneath });
};

/** What the payer signs beneath `fund`: that the escrow's token moves this amount there. */
async function payment(
  network: Network,
  id: string,
  { payer, amount }: ArgumentsOf<'fund'>,
): Promise<xdr.InvokeContractArgs | undefined> {
  const [escrow] = (await open(network, [id])).opened;
  if (!escrow) return undefined;
  const [token, from, to] = [escrow.agreement.terms.token, String(payer), id].map(Address.fromString);
  return new xdr.InvokeContractArgs({
    contractAddress: token!.toScAddress(),
    functionName: 'transfer',
    args: [from!.toScVal(), to!.toScVal(), nativeToScVal(amount, { type: 'i128' })],
  });
}

/** A call as the network takes it. */
export const operationOf = (id: string, { method, args }: Call): xdr.Operation =>
  written(() => new Contract(id).call(method, ...spec.funcArgsToScVals(method, args)));

/** Writes arguments as the network takes them; where that fails, what was entered is wrong. */
export function written<T>(write: () => T): T {
  try {
    return write();
  } catch (caught) {
    throw failure(
      'input',
      'What was entered is not what the contract takes: nothing was sent.',
      'Check addresses, amounts and dates.',
      { details: caught instanceof Error ? caught.message : String(caught) },
    );
  }
}

/** Calls with everything filled in that was read. Each names what its signer agrees to. */
export const calls = {
  fund: (state: EscrowState, through: number): Call<'fund'> => ({
    method: 'fund',
    args: funding(state, through),
  }),

  countDeposit: (state: EscrowState, through: number): Call<'count_deposit'> => ({
    method: 'count_deposit',
    args: funding(state, through),
  }),

  withdraw: ({ escrow }: EscrowState, token = escrow.terms.token): Call<'withdraw'> => ({
    method: 'withdraw',
    args: { payer: escrow.terms.roles.payer, token },
  }),

  changeStatus: (provider: string, updates: StatusUpdate[]): Call<'change_status'> => ({
    method: 'change_status',
    args: { provider, updates },
  }),

  approve: (approver: string, milestones: Milestone[]): Call<'approve'> => ({
    method: 'approve',
    args: { approver, payouts: milestones.map(payoutOf) },
  }),

  release: (signer: string, milestones: Milestone[]): Call<'release'> => ({
    method: 'release',
    args: { signer, payouts: milestones.map(payoutOf) },
  }),

  confirm: (signer: string, milestones: Milestone[]): Call<'confirm'> => ({
    method: 'confirm',
    args: { signer, payouts: milestones.map(payoutOf) },
  }),

  reject: (approver: string, milestones: number[], reason: string): Call<'reject'> => ({
    method: 'reject',
    args: { approver, milestones, reason },
  }),

  dispute: (party: string, milestones: number[], reason: string): Call<'dispute'> => ({
    method: 'dispute',
    args: { party, milestones, reason },
  }),

  resume: (party: string, milestones: number[]): Call<'resume'> => ({
    method: 'resume',
    args: { party, milestones },
  }),

  resolve: (resolver: string, rulings: Ruling[]): Call<'resolve'> => ({
    method: 'resolve',
    args: { resolver, rulings },
  }),

  resolveByDefault: (milestones: number[]): Call<'resolve_by_default'> => ({
    method: 'resolve_by_default',
    args: { milestones },
  }),

  settle: (party: string, rulings: Ruling[]): Call<'settle'> => ({
    method: 'settle',
    args: { party, rulings },
  }),

  refund: (receiver: string, milestones: Milestone[]): Call<'refund'> => ({
    method: 'refund',
    args: { receiver, milestones: numbersOf(milestones), amount: grossOfAll(milestones) },
  }),

  reclaim: (payer: string, milestones: Milestone[]): Call<'reclaim'> => ({
    method: 'reclaim',
    args: { payer, milestones: numbersOf(milestones), amount: grossOfAll(milestones) },
  }),

  /** Pays an owner; only the owner can have it paid elsewhere. */
  claim: (owner: string, milestones: number[], to: string | null = null): Call<'claim'> => ({
    method: 'claim',
    args: { owner, milestones, to },
  }),

  update: ({ escrow }: EscrowState, terms: Terms): Call<'update'> => ({
    method: 'update',
    args: { admin: escrow.terms.roles.admin, terms, revision: escrow.revision },
  }),

  manageMilestones(
    { escrow, milestones }: EscrowState,
    change: { remove?: number; edit?: MilestoneEdit[]; add?: NewMilestone[] },
  ): Call<'manage_milestones'> {
    const { remove = 0, edit = [], add = [] } = change;
    const { totals, terms } = escrow;
    const left = totals.milestones - remove;
    const removed = milestones.filter(({ milestone }) => milestone >= left);
    if (removed.length !== remove) throw unread();
    const total = totals.amount - sum(removed) + sum(add);
    return {
      method: 'manage_milestones',
      args: { admin: terms.roles.admin, remove, edit, add, total },
    };
  },

  redirect: (receiver: string, milestone: number, to: string): Call<'redirect'> => ({
    method: 'redirect',
    args: { receiver, milestone, to },
  }),

  rotate: (role: Role['tag'], from: string, to: string): Call<'rotate'> => ({
    method: 'rotate',
    args: { role: { tag: role }, from, to },
  }),

  extendTtl: (
    { escrow }: EscrowState,
    ledgers: number,
    start: number,
    limit: number,
  ): Call<'extend_ttl'> => ({
    method: 'extend_ttl',
    args: { admin: escrow.terms.roles.admin, ledgers, start, limit },
  }),
};

/** What it takes to fund all milestones that are not, up to and including this one. */
export function fundingOf({ escrow, milestones, next }: EscrowState, through: number): bigint {
  const { totals } = escrow;
  if (next?.milestone === through) return grossOf(next);
  if (through === totals.milestones - 1) return totals.gross - totals.deposited;
  const wanted = milestones.filter(
    ({ milestone }) => milestone >= totals.funded && milestone <= through,
  );
  if (wanted.length !== through - totals.funded + 1) throw unread();
  return grossOfAll(wanted);
}

const funding = (state: EscrowState, through: number) => ({
  payer: state.escrow.terms.roles.payer,
  through,
  amount: fundingOf(state, through),
  revision: state.escrow.revision,
});

const payoutOf = ({ milestone, revision, receiver, amount }: Milestone): Payout => ({
  milestone,
  revision,
  receiver,
  amount,
});

const numbersOf = (milestones: Milestone[]) => milestones.map(({ milestone }) => milestone);

const grossOfAll = (milestones: Milestone[]) =>
  milestones.reduce((all, one) => all + grossOf(one), 0n);

const sum = (milestones: { amount: bigint }[]) =>
  milestones.reduce((all, { amount }) => all + amount, 0n);

const unread = () =>
  failure(
    'input',
    'Not all of these milestones were read, or some are funded already.',
    'Read the escrow again, with these milestones.',
  );
