import {
  milestoneProblems,
  plainAmount,
  type EscrowState,
  type Milestone,
  type MilestoneEdit,
  type NewMilestone,
} from 'tranche-client';
import { dayOf, milestoneOf } from '../create/draft.ts';
import { emptyMilestone, type MilestoneForm } from '../create/form.ts';
import { hex } from '../escrow/texts.tsx';
import { Address } from '../ui/address.tsx';
import { Amount } from '../ui/amount.tsx';
import { dateOf, plain } from '../ui/words.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Plan } from './plan.ts';

/** Takes down what is wrong with a field. */
type Note = (path: string, what: string) => void;

interface Setting {
  state: EscrowState;
  now: bigint;
  note: Note;
}

/** A milestone that stands, as a form to edit it with; its number is the key. */
export const milestoneForm = (one: Milestone, decimals: number): MilestoneForm => ({
  ...emptyMilestone(one.milestone),
  title: one.title,
  description: one.description,
  document: one.document ? hex(one.document) : '',
  amount: plainAmount(one.amount, decimals),
  receiver: one.receiver,
  approvals: String(one.approvals_required),
  due: dayOf(one.due),
});

/** Reads a milestone that is added, with all that is wrong with it. */
export function addedOf(form: MilestoneForm, path: string, setting: Setting): NewMilestone {
  const { state, now, note } = setting;
  const unread = new Set<string>();
  const read = milestoneOf(form, path, state.token.decimals, (field, what) => {
    unread.add(field);
    note(field, what);
  });
  for (const [field, what] of milestoneProblems(read, state.escrow.terms, state.id, now)) {
    if (what && !unread.has(`${path}.${field}`)) note(`${path}.${field}`, what);
  }
  return read;
}

const FIELDS = [
  'title',
  'description',
  'document',
  'receiver',
  'approvals_required',
  'due',
] as const satisfies (keyof MilestoneEdit & keyof NewMilestone)[];

/** Reads what of a milestone is changed, with all that is wrong with that; what is not changed is none. */
export function editOf(
  form: MilestoneForm,
  before: Milestone,
  path: string,
  setting: Setting,
): MilestoneEdit {
  const { state, note } = setting;
  const was = milestoneOf(milestoneForm(before, state.token.decimals), path, undefined, () => {});
  const changed = (field: keyof NewMilestone, is: NewMilestone) =>
    fingerprintOf(was[field]) !== fingerprintOf(is[field]);
  const wrong: [string, string][] = [];
  const is = addedOf(form, path, { ...setting, note: (...one) => wrong.push(one) });
  for (const [at, what] of wrong) {
    // What is as it was may stand, such as a date that is past by now.
    const field = FIELDS.find((one) => at === `${path}.${one}`);
    if (field && changed(field, is)) note(at, what);
  }
  for (const field of ['receiver', 'document'] as const) {
    if (is[field] === null && changed(field, is)) {
      note(`${path}.${field}`, 'This can be replaced, and not be taken away.');
    }
  }
  const ifChanged = <F extends (typeof FIELDS)[number]>(field: F): NewMilestone[F] | null =>
    changed(field, is) ? is[field] : null;
  return {
    milestone: before.milestone,
    title: ifChanged('title'),
    description: ifChanged('description'),
    document: ifChanged('document'),
    receiver: ifChanged('receiver'),
    approvals_required: ifChanged('approvals_required'),
    due: ifChanged('due'),
  };
}

/** Whether anything is changed at all. */
export const isEdit = (edit: MilestoneEdit): boolean =>
  FIELDS.some((field) => edit[field] !== null);

/** Every change of a milestone, as rows of what was and what will be. */
export const editRows = (edit: MilestoneEdit, before: Milestone): Plan['rows'] =>
  FIELDS.filter((field) => edit[field] !== null).map((field) => [
    `Milestone ${before.milestone}, ${field.replaceAll('_', ' ')}`,
    <>
      {shown(before[field])} → <strong>{shown(edit[field])}</strong>
    </>,
  ]);

/** All that is agreed with a milestone that is added. */
export function addedRows(one: NewMilestone, number: number, state: EscrowState): Plan['rows'] {
  const receiver = one.receiver ?? state.escrow.terms.roles.service_providers[0];
  return [
    [`New milestone ${number}`, one.title && plain(one.title)],
    [
      'Amount',
      <strong>
        <Amount units={one.amount} token={state.token} />
      </strong>,
    ],
    ['Receiver', receiver && <Address address={receiver} what="the receiver’s address" full />],
    ['Due', shown(one.due)],
    ['Approvals needed', String(one.approvals_required)],
    ['Description', one.description && plain(one.description)],
    ['Document', one.document && hex(one.document)],
  ];
}

function shown(value: MilestoneEdit[(typeof FIELDS)[number]]) {
  if (typeof value === 'bigint') return value === 0n ? 'none' : dateOf(value);
  if (value instanceof Uint8Array) return hex(value);
  const text = String(value ?? '');
  if (/^[GC][A-Z2-7]{55}$/.test(text)) return <Address address={text} full />;
  return text === '' ? 'none' : plain(text);
}
