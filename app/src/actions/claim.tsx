import {
  calls,
  claimableBy,
  LIMITS,
  readEscrow,
  type EscrowState,
  type Milestone,
} from 'tranche-client';
import { useState } from 'preact/hooks';
import { useLoad } from '../load.ts';
import { asShown } from '../network/tokens.ts';
import { Address } from '../ui/address.tsx';
import { Amount } from '../ui/amount.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { shortAddress } from '../ui/words.ts';
import { milestoneRows } from './also.tsx';
import { numbers } from './lists.tsx';
import { addressError } from './people.ts';
import type { Context, FormProps, Plan } from './plan.ts';

/** Somebody to whom something may be owed. */
interface Owner {
  address: string;
  role: string;
}

/** `claim`: what is credited to somebody goes to them, or to where they say. */
export function ClaimForm({ context: shown, children }: FormProps) {
  const { network, milestone, me } = shown;
  const all = useLoad(
    async () =>
      milestone || isWhole(shown.state)
        ? shown.state
        : asShown(network, await readEscrow(network, shown.state.id)),
    [network, milestone, shown.state],
    { stays: true },
  );
  const context = { ...shown, state: all.value ?? shown.state };
  const { state } = context;
  const owners = ownersOf(context);
  const [chosen, setChosen] = useState<string>();
  const mine = owners.find(({ address }) => address === me) ?? owners[0];
  const owner = chosen ?? mine?.address ?? me;
  const [to, setTo] = useState('');
  const elsewhere = to.trim();
  const error =
    elsewhere === ''
      ? undefined
      : (addressError(elsewhere) ??
        (owner === me ? undefined : 'Only the owner can have it sent elsewhere.'));
  const milestones = creditedTo(context, owner);
  const fees = owner === state.escrow.terms.roles.platform ? state.credits.fees : 0n;
  const amount = milestones.reduce((sum, one) => sum + owedOn(context, one, owner), fees);
  const plan: Plan = {
    call: calls.claim(owner, numbers(milestones), elsewhere || null),
    rows: [
      ...milestoneRows(milestones),
      [
        'Paid',
        <strong>
          <Amount units={amount} token={state.token} />
        </strong>,
      ],
      ['Of it fees', fees > 0n && <Amount units={fees} token={state.token} />],
      ['Owner', <Address address={owner} what="the owner’s address" full />],
      ['Paid to', <Address address={elsewhere || owner} what="the address that is paid" full />],
    ],
    parties: [elsewhere || owner],
  };
  const nothing = all.loading
    ? 'Reading who is owed what…'
    : (all.problem?.happened ??
      (amount === 0n ? 'Nothing is credited to this owner.' : undefined));
  return (
    <>
      <SelectField
        label="Whose"
        value={owner}
        onInput={setChosen}
        choices={owners.map(({ address, role }): [string, string] => [
          address,
          `${role}, ${shortAddress(address)}`,
        ])}
      />
      <TextField
        label="Send it elsewhere"
        optional
        mono
        value={to}
        onInput={setTo}
        error={error}
        placeholder="G… or C…"
        hint="For an owner whose own account cannot receive this token. The owner has to sign."
      />
      {children(error ?? nothing ?? plan)}
    </>
  );
}

/** Whether all credits are on the milestones that were read. */
function isWhole({ credits, escrow }: EscrowState): boolean {
  const owed = Object.values(credits.milestones);
  const sum = owed.reduce((total, { receiver, payer }) => total + receiver + payer, credits.fees);
  return sum === escrow.totals.credited;
}

function ownersOf({ state, milestone }: Context): Owner[] {
  const { payer, platform } = state.escrow.terms.roles;
  const shown = milestone ? [milestone] : state.milestones;
  const receivers = shown.filter(({ credited }) => credited > 0n).map(({ receiver }) => receiver);
  const all: Owner[] = [
    ...(milestone ? [] : [{ address: platform, role: 'Platform' }]),
    ...receivers.map((address) => ({ address, role: 'Receiver' })),
    ...(receivers.length > 0 ? [{ address: payer, role: 'Payer' }] : []),
  ];
  return all.filter(({ address }, at) => all.findIndex((one) => one.address === address) === at);
}

/** The milestones on which something waits for this owner. */
function creditedTo({ state, milestone }: Context, owner: string): Milestone[] {
  const { milestones } = claimableBy(state, owner);
  const shown = milestone ? [milestone] : state.milestones;
  return shown.filter((one) => milestones.includes(one.milestone)).slice(0, LIMITS.items);
}

function owedOn({ state }: Context, { milestone, receiver }: Milestone, owner: string): bigint {
  const credit = state.credits.milestones[milestone];
  const payer = state.escrow.terms.roles.payer;
  return (
    (receiver === owner ? (credit?.receiver ?? 0n) : 0n) +
    (payer === owner ? (credit?.payer ?? 0n) : 0n)
  );
}
