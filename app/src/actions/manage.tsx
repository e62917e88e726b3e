import {
  calls,
  formatSum,
  LIMITS,
  milestoneProblems,
  plainAmount,
  readMilestones,
  type Milestone,
  type MilestoneEdit,
} from 'tranche-client';
import { useState } from 'preact/hooks';
import { dayOf, endOfDay, milestoneOf } from '../create/draft.ts';
import { emptyMilestone, type MilestoneForm } from '../create/form.ts';
import { MilestoneFields } from '../create/milestones.tsx';
import { milestoneTitle } from '../escrow/words.ts';
import { useLoad } from '../load.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { counted } from '../ui/words.ts';
import type { FormProps, Plan } from './plan.ts';
import { wholeError } from './input.ts';

/** `manage_milestones`: removes from the end, edits, adds at the end; never what is funded. */
export function ManageForm({ context, children }: FormProps) {
  const { state, now, network } = context;
  const { totals, terms } = state.escrow;
  const open = totals.milestones - totals.funded;
  /** Those nearest to the end: what one call can remove. */
  const near = Math.min(open, LIMITS.items);
  const [remove, setRemove] = useState('0');
  const [edits, setEdits] = useState<MilestoneForm[]>([]);
  const [added, setAdded] = useState<MilestoneForm[]>([]);
  const unfunded = useLoad(
    () => readMilestones(network, state, totals.milestones - near, near),
    [network, state.id, totals.funded, totals.milestones],
  );
  const removeError = wholeError(remove, 0, near);
  const kept = totals.milestones - Number(remove || 0);
  const there = (unfunded.value ?? []).filter(({ milestone }) => milestone < kept);
  const problems: string[] = removeError ? [removeError] : [];
  const errors = new Map<string, string>();
  const note = (path: string, what: string) => {
    errors.set(path, what);
    problems.push(what);
  };
  const add = added.map((one, at) => {
    const read = milestoneOf(one, `add[${at}]`, state.token.decimals, note);
    for (const [field, what] of milestoneProblems(read, terms, state.id, now)) {
      if (what && !errors.has(`add[${at}].${field}`)) note(`add[${at}].${field}`, what);
    }
    return read;
  });
  const edit = edits
    .flatMap((one) => {
      const before = there.find(({ milestone }) => milestone === one.key);
      return before ? [editOf(one, before)] : [];
    })
    .filter(({ milestone, ...rest }) => Object.values(rest).some((value) => value !== null));
  const nothing = Number(remove) === 0 && edit.length === 0 && add.length === 0;
  const outcome = (): string | Plan => {
    if (problems[0]) return problems[0];
    if (nothing) return 'Nothing is changed yet.';
    if (kept + add.length === 0) return 'At least one milestone has to remain.';
    const read = { ...state, milestones: unfunded.value ?? [] };
    const call = calls.manageMilestones(read, { remove: Number(remove), edit, add });
    return {
      call,
      rows: [
        ['Removed', Number(remove) > 0 && counted(Number(remove), 'milestone')],
        ['Edited', edit.map(({ milestone }) => milestone).join(', ')],
        ['Added', add.length > 0 && counted(add.length, 'milestone')],
        ['All amounts then', <strong>{formatSum(call.args.total, state.token)}</strong>],
      ],
      parties: [],
    };
  };
  return (
    <>
      <TextField
        label="Remove from the end"
        inputMode="numeric"
        value={remove}
        onInput={setRemove}
        error={removeError}
        hint={`${counted(open, 'milestone')} not funded.`}
      />
      <div class="stack">
        {there.map((one) => {
          const form = edits.find(({ key }) => key === one.milestone);
          if (!form) {
            return (
              <div class="row apart" key={one.milestone}>
                <span>
                  {one.milestone} {milestoneTitle(one)}, {formatSum(one.amount, state.token)}
                </span>
                <Button
                  small
                  kind="quiet"
                  label={`Edit ${milestoneTitle(one)}`}
                  onClick={() => setEdits([...edits, milestoneForm(one, state.token.decimals)])}
                >
                  Edit
                </Button>
              </div>
            );
          }
          return (
            <MilestoneFields
              key={one.milestone}
              title={`Milestone ${one.milestone}`}
              one={form}
              token={state.token}
              fixedAmount
              onOne={(changed) =>
                setEdits(edits.map((old) => (old.key === changed.key ? changed : old)))
              }
              errorOf={() => undefined}
              onRemove={undefined}
            />
          );
        })}
        {added.map((one, at) => (
          <MilestoneFields
            key={`new ${one.key}`}
            title={`New milestone ${kept + at}`}
            one={one}
            token={state.token}
            onOne={(changed) =>
              setAdded(added.map((old) => (old.key === changed.key ? changed : old)))
            }
            errorOf={(field) =>
              one.amount === '' && field === 'amount'
                ? undefined
                : errors.get(`add[${at}].${field}`)
            }
            onRemove={() => setAdded(added.filter(({ key }) => key !== one.key))}
          />
        ))}
        <div>
          <Button
            small
            icon="plus"
            onClick={() =>
              setAdded([...added, emptyMilestone(1 + Math.max(-1, ...added.map(({ key }) => key)))])
            }
          >
            Add a milestone
          </Button>
        </div>
      </div>
      {children(
        unfunded.value ? outcome() : (unfunded.problem?.happened ?? 'Reading the milestones…'),
      )}
    </>
  );
}

/** A milestone that stands, as a form to edit it with; its number is the key. */
const milestoneForm = (one: Milestone, decimals: number): MilestoneForm => ({
  key: one.milestone,
  title: one.title,
  description: one.description,
  amount: plainAmount(one.amount, decimals),
  receiver: one.receiver,
  approvals: String(one.approvals_required),
  due: dayOf(one.due),
});

/** What of a milestone changed; what did not is none. */
function editOf(form: MilestoneForm, before: Milestone): MilestoneEdit {
  const approvals = Number(form.approvals);
  return {
    milestone: before.milestone,
    title: form.title === before.title ? null : form.title,
    description: form.description === before.description ? null : form.description,
    document: null,
    receiver: form.receiver === before.receiver ? null : form.receiver,
    approvals_required: approvals === before.approvals_required ? null : approvals,
    due: form.due === dayOf(before.due) ? null : endOfDay(form.due),
  };
}
