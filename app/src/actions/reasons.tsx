import { calls, LIMITS, textProblem } from 'tranche-client';
import { useState } from 'preact/hooks';
import { TextField } from '../ui/field.tsx';
import { milestoneRows, useBatch } from './also.tsx';
import { numbers } from './lists.tsx';
import type { FormProps, Plan } from './plan.ts';

/** `reject` and `dispute`: a reason that everybody can read. */
export function ReasonForm({ context, method, children }: FormProps) {
  const { fields, milestones } = useBatch(context, method);
  const [reason, setReason] = useState('');
  const [left, setLeft] = useState(false);
  const error = textProblem(reason, LIMITS.noteBytes) ?? undefined;
  const missing = reason.trim() === '' ? 'Say why: the others need to know.' : undefined;
  const list = numbers(milestones);
  const plan: Plan = {
    call:
      method === 'reject'
        ? calls.reject(context.me, list, reason)
        : calls.dispute(context.me, list, reason),
    rows: [...milestoneRows(milestones), ['Reason', reason]],
    parties: [],
  };
  return (
    <>
      <TextField
        label="Reason"
        value={reason}
        onInput={setReason}
        onBlur={() => setLeft(true)}
        error={error ?? (left ? missing : undefined)}
        hint="It stands on the chain, where everybody can read it."
        lines={3}
      />
      {fields}
      {children(error ?? missing ?? plan)}
    </>
  );
}
