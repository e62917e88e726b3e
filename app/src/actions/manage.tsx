import { calls, formatSum, LIMITS, readMilestones, type Milestone } from 'tranche-client';
import { useState } from 'preact/hooks';
import { emptyMilestone, type MilestoneForm } from '../create/form.ts';
import { MilestoneFields } from '../create/milestones.tsx';
import { Pager } from '../escrow/milestones.tsx';
import { milestoneTitle } from '../escrow/words.ts';
import { useLoad } from '../load.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { counted } from '../ui/words.ts';
import { addedOf, addedRows, editOf, editRows, isEdit, milestoneForm } from './edits.tsx';
import { wholeError } from './input.ts';
import type { FormProps, Plan } from './plan.ts';

/** What is typed about milestones that stand. */
interface Typed {
  remove: string;
  edits: MilestoneForm[];
}

const NOTHING: Typed = { remove: '0', edits: [] };

/** How many milestones are shown at once. */
const PAGE = 50;

/** `manage_milestones`: removes from the end, edits, adds at the end; never what is funded. */
export function ManageForm({ context, children }: FormProps) {
  const { state, now, network } = context;
  const { totals } = state.escrow;
  const open = totals.milestones - totals.funded;
  const removable = Math.min(open, LIMITS.items);
  const [typed, setTyped] = useState({ state, ...NOTHING });
  const { remove, edits } = typed.state === state ? typed : NOTHING;
  const type = (change: Partial<Typed>) => setTyped({ state, remove, edits, ...change });
  const setEdits = (changed: MilestoneForm[]) => type({ edits: changed });
  const [added, setAdded] = useState<MilestoneForm[]>([]);
  const [turnedTo, turnTo] = useState(0);
  const unfunded = useLoad(
    () => readMilestones(network, state, totals.funded, open),
    [network, state],
  );
  const removeError = wholeError(remove, 0, removable);
  const kept = totals.milestones - (removeError ? 0 : Number(remove));
  const there = (unfunded.value ?? []).filter(({ milestone }) => milestone < kept);
  const start = Math.max(totals.funded, Math.min(turnedTo, kept - PAGE));
  // What is being edited stays in sight, whichever page is shown.
  const shown = there.filter(
    ({ milestone }) =>
      (milestone >= start && milestone < start + PAGE) || edits.some(({ key }) => key === milestone),
  );
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
        onInput={(text) => type({ remove: text })}
        error={removeError}
        hint={`${counted(open, 'milestone')} not funded.${
          open > removable ? ` One call removes at most ${removable}.` : ''
        }`}
      />
      {there.length > PAGE && (
        <div class="row apart">
          <span class="soft">Each of those can be edited, page by page.</span>
          <Pager first={totals.funded} start={start} size={PAGE} count={kept} onStart={turnTo} />
        </div>
      )}
      <div class="stack">
        {shown.map((one) => {
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
