import { calls, cannotReceive, type EscrowState, type Role } from 'tranche-client';
import { useState } from 'preact/hooks';
import { useLoad } from '../load.ts';
import { Address } from '../ui/address.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { shortAddress } from '../ui/words.ts';
import { milestoneRows } from './also.tsx';
import { addressError } from './people.ts';
import type { FormProps, Plan } from './plan.ts';

/** `redirect`: another receiver for a milestone. */
export function RedirectForm({ context, children }: FormProps) {
  const { state, milestone, me, network } = context;
  const [typed, setTyped] = useState('');
  const to = typed.trim();
  const error =
    to === ''
      ? undefined
      : (addressError(to) ??
        (to === milestone?.receiver ? 'This is the receiver already.' : undefined));
  const valid = to !== '' && !error;
  const pay = useLoad(
    async () => (valid ? (await cannotReceive(network, state.token, [to])).get(to) : null),
    [network, state.id, to, valid],
  );
  if (!milestone) return <>{children('Choose the milestone first.')}</>;
  const plan: Plan = {
    call: calls.redirect(me, milestone.milestone, to),
    rows: [
      ...milestoneRows([milestone]),
      [
        'Receiver now',
        <Address address={milestone.receiver} what="the present receiver’s address" full />,
      ],
      ['Receiver then', <Address address={to} what="the new receiver’s address" full />],
    ],
    parties: [],
  };
  return (
    <>
      <TextField
        label="New receiver"
        mono
        value={typed}
        onInput={setTyped}
        error={error}
        placeholder="G… or C…"
      />
      {pay.value && (
        <Notice tone="wait" title="This address cannot be paid as things stand">
          <p>{pay.value}</p>
        </Notice>
      )}
      {children(error ?? (valid ? plan : 'Say who is to be paid instead.'))}
    </>
  );
}

const SEATS: readonly (readonly [Role['tag'], string, (state: EscrowState) => string[]])[] = [
  ['Payer', 'Payer', ({ escrow }) => [escrow.terms.roles.payer]],
  ['Approver', 'Approver', ({ escrow }) => escrow.terms.roles.approvers],
  ['ServiceProvider', 'Service provider', ({ escrow }) => escrow.terms.roles.service_providers],
  ['ReleaseSigner', 'Release signer', ({ escrow }) => escrow.terms.roles.release_signers],
  ['DisputeResolver', 'Dispute resolver', ({ escrow }) => escrow.terms.roles.dispute_resolvers],
  ['Platform', 'Platform', ({ escrow }) => [escrow.terms.roles.platform]],
  ['Admin', 'Admin', ({ escrow }) => [escrow.terms.roles.admin]],
  ['Observer', 'Observer', ({ escrow }) => escrow.terms.roles.observers],
];

/** `rotate`: a seat goes from one to another, and both sign. */
export function RotateForm({ context, children }: FormProps) {
  const { state, me } = context;
  const seats = SEATS.flatMap(([tag, name, holders]) =>
    holders(state).map((holder) => ({ key: `${tag} ${holder}`, tag, name, holder })),
  );
  const mine = seats.find(({ holder }) => holder === me) ?? seats[0];
  const [chosen, setChosen] = useState(mine?.key);
  const held = seats.find(({ key }) => key === chosen);
  const seat = held ?? mine;
  const [typed, setTyped] = useState(seat?.holder === me ? '' : me);
  const to = typed.trim();
  if (!seat) return <>{children('This escrow has no seats.')}</>;
  const error =
    to === ''
      ? undefined
      : (addressError(to) ??
        (to === seat.holder ? 'This address holds the seat already.' : undefined));
  const involved = seat.holder === me || to === me;
  const plan: Plan = {
    call: calls.rotate(seat.tag, seat.holder, to),
    rows: [
      ['Seat', seat.name],
      ['From', <Address address={seat.holder} what="the present holder’s address" full />],
      ['To', <Address address={to} what="the new holder’s address" full />],
      ['Signed by', 'both'],
    ],
    parties: [],
  };
  const outcome = () => {
    if (!held) return 'Who held this seat does not hold it any more: choose one.';
    if (error) return error;
    if (to === '') return 'Say who gets the seat.';
    if (!involved)
      return 'Who hands the seat over or who gets it has to send this: you are neither.';
    return plan;
  };
  return (
    <>
      <SelectField
        label="Seat"
        value={chosen ?? ''}
        onInput={setChosen}
        choices={seats.map(({ key, name, holder }): [string, string] => [
          key,
          `${name}, ${holder === me ? 'you' : shortAddress(holder)}`,
        ])}
      />
      <TextField
        label="Goes to"
        mono
        value={typed}
        onInput={setTyped}
        error={error}
        placeholder="G… or C…"
      />
      {children(outcome())}
    </>
  );
}
