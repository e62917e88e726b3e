import { calls, claimableBy, LIMITS, type Milestone } from 'tranche-client';
import { useState } from 'preact/hooks';
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
export function ClaimForm({ context, children }: FormProps) {
  const { state, me } = context;
  const owners = ownersOf(context);
  const [owner, setOwner] = useState(
    owners.find(({ address }) => address === me)?.address ?? owners[0]?.address ?? me,
  );
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
  const nothing =
    milestones.length === 0 && fees === 0n
      ? 'Nothing is credited to this owner on the milestones shown.'
      : undefined;
  return (
    <>
      <SelectField
        label="Whose"
        value={owner}
        onInput={setOwner}
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
