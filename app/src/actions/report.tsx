import { calls, LIMITS, textProblem, type Milestone, type Status } from 'tranche-client';
import { useState } from 'preact/hooks';
import { STATUSES } from '../escrow/words.ts';
import { dateOf } from '../ui/words.ts';
import { SelectField, TextField } from '../ui/field.tsx';
import { milestoneRows, useBatch } from './also.tsx';
import type { FormProps, Plan } from './plan.ts';

const CHOICES = Object.entries(STATUSES);

/** `change_status`: how the work stands, with a note and evidence. */
export function ReportForm({ context, method, children }: FormProps) {
  const { fields, milestones } = useBatch(context, method);
  const late = milestones.filter(({ due }) => due > 0n && context.now > due);
  const [tag, setTag] = useState<Status['tag']>(late.length > 0 ? 'InProgress' : 'Completed');
  const [note, setNote] = useState('');
  const [evidence, setEvidence] = useState('');
  const noteError = textProblem(note, LIMITS.noteBytes) ?? undefined;
  const evidenceError = textProblem(evidence, LIMITS.noteBytes) ?? undefined;
  const lateError =
    tag === 'Completed' && late.length > 0
      ? `${late.map(overdue).join(', ')}: late work cannot be reported as completed. Approvers can still approve it.`
      : undefined;
  const plan: Plan = {
    call: calls.changeStatus(
      context.me,
      milestones.map(({ milestone }) => ({
        milestone,
        status: { tag },
        note: note === '' ? null : note,
        evidence: evidence === '' ? null : evidence,
      })),
    ),
    rows: [
      ...milestoneRows(milestones),
      ['Status', STATUSES[tag]],
      ['Note', note || 'as before'],
      ['Evidence', evidence || 'as before'],
    ],
    parties: [],
  };
  return (
    <>
      <SelectField
        label="Status"
        value={tag}
        onInput={(value) => setTag(tagOf(value))}
        choices={CHOICES}
        error={lateError}
      />
      <TextField
        label="Note"
        optional
        value={note}
        onInput={setNote}
        error={noteError}
        lines={3}
        hint="Everybody can read it."
      />
      <TextField
        label="Evidence"
        optional
        value={evidence}
        onInput={setEvidence}
        error={evidenceError}
        placeholder="https://…"
        hint="A link or a fingerprint by which the work can be checked."
      />
      {fields}
      {children(lateError ?? noteError ?? evidenceError ?? plan)}
    </>
  );
}

const overdue = ({ milestone, due }: Milestone): string =>
  `Milestone ${milestone} was due on ${dateOf(due)}`;

const tagOf = (value: string): Status['tag'] =>
  value === 'Pending' || value === 'InProgress' ? value : 'Completed';
