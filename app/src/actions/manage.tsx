import { calls, formatSum, LIMITS, readMilestones, type Milestone } from 'tranche-client';
import { useState } from 'preact/hooks';
import { emptyMilestone, type MilestoneForm } from '../create/form.ts';
import { MilestoneFields } from '../create/milestones.tsx';
import { milestoneTitle } from '../escrow/words.ts';
import { useLoad } from '../load.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { counted } from '../ui/words.ts';
import { addedOf, addedRows, editOf, editRows, isEdit, milestoneForm } from './edits.tsx';
import { wholeError } from './input.ts';
import type { FormProps, Plan } from './plan.ts';

/** `manage_milestones`: removes from the end, edits, adds at the end; never what is funded. */
export function ManageForm({ context, children }: FormProps) {
  const { state, now, network } = context;
  const { totals } = state.escrow;
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
  const setting = { state, now, note };
  const add = added.map((one, at) => addedOf(one, `add[${at}]`, setting));
  const edited = edits.flatMap((one) => {
    const before = there.find(({ milestone }) => milestone === one.key);
    if (!before) return [];
    const edit = editOf(one, before, `edit[${one.key}]`, setting);
    return isEdit(edit) ? [{ edit, before }] : [];
  });
  const edit = edited.map((one) => one.edit);
  const nothing = Number(remove) === 0 && edit.length === 0 && add.length === 0;
  const lineOf = (one: Milestone): string =>
    `${one.milestone} ${milestoneTitle(one)}, ${formatSum(one.amount, state.token)}`;
  const outcome = (): string | Plan => {
    if (problems[0]) return problems[0];
    if (nothing) return 'Nothing is changed yet.';
    if (kept + add.length === 0) return 'At least one milestone has to remain.';
    const read = { ...state, milestones: unfunded.value ?? [] };
    const call = calls.manageMilestones(read, { remove: Number(remove), edit, add });
    return {
      call,
      rows: [
        ...(unfunded.value ?? [])
          .filter(({ milestone }) => milestone >= kept)
          .map((one): Plan['rows'][number] => ['Removed', lineOf(one)]),
        ...edited.flatMap(({ edit, before }) => editRows(edit, before)),
        ...add.flatMap((one, at) => addedRows(one, kept + at, state)),
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
                <span>{lineOf(one)}</span>
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
              errorOf={(field) => errors.get(`edit[${one.milestone}].${field}`)}
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
