import { formatSum, type Milestone } from 'tranche-client';
import { useState } from 'preact/hooks';
import { Address } from '../ui/address.tsx';
import { Amount } from '../ui/amount.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { shortAddress } from '../ui/words.ts';
import { milestoneRows } from './also.tsx';
import { numbers } from './lists.tsx';
import { addressError } from './people.ts';
import { MAX_ITEMS, type Context, type FormProps, type Plan } from './plan.ts';

/** Somebody to whom something may be owed. */
interface Owner {
  address: string;
  role: string;
}

/** `claim`: what is credited to somebody goes to them, or to where they say. */
export function ClaimForm({ context, children }: FormProps) {
  const { state, me } = context;
  const owners = ownersOf(context);
  const [owner, setOwner] = useState(owners.find(({ address }) => address === me)?.address ?? owners[0]?.address ?? me);
  const [to, setTo] = useState('');
  const elsewhere = to.trim();
  const error = elsewhere === '' ? undefined : (addressError(elsewhere) ?? (owner === me ? undefined : 'Only the owner can have it sent elsewhere.'));
  const milestones = credited(context, owner);
  const fees = owner === state.escrow.terms.roles.platform ? feesOf(context) : 0n;
  const plan: Plan = {
    call: { method: 'claim', args: { owner, milestones: numbers(milestones), to: elsewhere || null } },
    rows: [
      ...milestoneRows(milestones),
      ['Fees', fees > 0n && <Amount units={fees} token={state.token} />],
      ['Credited here in all', formatSum(state.escrow.totals.credited, state.token)],
      ['Owner', <Address address={owner} what="the owner’s address" full />],
      ['Paid to', <Address address={elsewhere || owner} what="the address that is paid" full />],
    ],
    parties: [elsewhere || owner],
  };
  const nothing = milestones.length === 0 && fees === 0n ? 'Nothing is credited to this owner on the milestones shown.' : undefined;
  return (
    <>
      <SelectField
        label="Whose"
        value={owner}
        onInput={setOwner}
        choices={owners.map(({ address, role }): [string, string] => [address, `${role}, ${shortAddress(address)}`])}
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

/** The milestones on which something waits that may be the owner's. */
function credited({ state, milestone }: Context, owner: string): Milestone[] {
  const shown = milestone ? [milestone] : state.milestones;
  const payer = state.escrow.terms.roles.payer === owner;
  return shown.filter((one) => one.credited > 0n && (payer || one.receiver === owner)).slice(0, MAX_ITEMS);
}

/** Fees that wait: all credits that are of no milestone. Only where every milestone was read is that known. */
function feesOf({ state }: Context): bigint {
  const onMilestones = state.milestones.reduce((sum, one) => sum + one.credited, 0n);
  return state.escrow.totals.credited - onMilestones;
}
