import { feeOf, formatSum, type Draft, type Token } from 'tranche-client';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { DocumentField } from './document.tsx';
import { emptyMilestone, type MilestoneForm } from './form.ts';
import { Person } from './people.tsx';
import type { PartProps } from './screen.tsx';

/** What is to be done, for how much, until when. */
export function MilestonesPart({
  form,
  onForm,
  errorOf,
  token,
  draft,
}: PartProps & { token: Token | undefined; draft: Draft }) {
  const set = (milestones: MilestoneForm[]) => onForm({ ...form, milestones });
  const add = () =>
    set([
      ...form.milestones,
      emptyMilestone(1 + Math.max(-1, ...form.milestones.map(({ key }) => key))),
    ]);
  return (
    <div class="stack wide">
      {errorOf('milestones') && <p class="error">{errorOf('milestones')}</p>}
      {form.milestones.map((one, at) => (
        <MilestoneFields
          key={one.key}
          title={`Milestone ${at}`}
          one={one}
          token={token}
          onOne={(changed) =>
            set(form.milestones.map((old) => (old.key === one.key ? changed : old)))
          }
          errorOf={(field) => errorOf(`milestones[${at}].${field}`)}
          onRemove={
            form.milestones.length > 1
              ? () => set(form.milestones.filter(({ key }) => key !== one.key))
              : undefined
          }
        />
      ))}
      <div>
        <Button icon="plus" onClick={add}>
          Add a milestone
        </Button>
      </div>
      {token && <RunningTotal draft={draft} token={token} />}
    </div>
  );
}

/** What it comes to, with the fee, while it is being written. */
export function RunningTotal({ draft, token }: { draft: Draft; token: Token }) {
  const bps = draft.terms.platform_fee_bps;
  const amount = draft.milestones.reduce((sum, one) => sum + one.amount, 0n);
  const fee = draft.milestones.reduce((sum, one) => sum + feeOf(one.amount, bps), 0n);
  return (
    <dl class="tally" aria-live="polite">
      <div>
        <dt>Amounts</dt>
        <dd>{formatSum(amount, token)}</dd>
      </div>
      <div>
        <dt>Fees</dt>
        <dd>{formatSum(fee, token)}</dd>
      </div>
      <div>
        <dt>The payer deposits</dt>
        <dd>{formatSum(amount + fee, token)}</dd>
      </div>
    </dl>
  );
}

interface FieldsProps {
  title: string;
  one: MilestoneForm;
  token: Token | undefined;
  onOne: (one: MilestoneForm) => void;
  errorOf: (field: string) => string | undefined;
  onRemove: (() => void) | undefined;
  /** An amount that stands is not edited: the milestone is removed, and another added. */
  fixedAmount?: boolean;
}

/** The fields of one milestone. */
export function MilestoneFields({
  title,
  one,
  token,
  onOne,
  errorOf,
  onRemove,
  fixedAmount = false,
}: FieldsProps) {
  const set = (change: Partial<MilestoneForm>) => onOne({ ...one, ...change });
  return (
    <fieldset class="card sunken stack">
      <legend>{title}</legend>
      <div class="pair">
        <TextField
          label="Title"
          value={one.title}
          onInput={(text) => set({ title: text })}
          error={errorOf('title')}
          placeholder="Walls"
        />
        {!fixedAmount && (
          <TextField
            label="Amount"
            suffix={token?.symbol ?? ''}
            inputMode="decimal"
            value={one.amount}
            onInput={(amount) => set({ amount })}
            error={errorOf('amount')}
            placeholder="1000.50"
          />
        )}
        <TextField
          label="Due"
          optional
          type="date"
          value={one.due}
          onInput={(due) => set({ due })}
          error={errorOf('due')}
          hint="To the end of that day in UTC. After that the payer may take back what is not completed."
        />
        <TextField
          label="Approvals needed"
          inputMode="numeric"
          value={one.approvals}
          onInput={(approvals) => set({ approvals })}
          error={errorOf('approvals_required')}
        />
      </div>
      <TextField
        label="Description"
        optional
        lines={2}
        value={one.description}
        onInput={(description) => set({ description })}
        error={errorOf('description')}
      />
      <DocumentField
        value={one.document}
        onInput={(document) => set({ document })}
        error={errorOf('document')}
      />
      <Person
        label="Receiver, if not the first service provider"
        value={one.receiver}
        onInput={(receiver) => set({ receiver })}
        error={errorOf('receiver')}
      />
      {onRemove && (
        <div>
          <Button small kind="quiet" icon="minus" onClick={onRemove}>
            Remove {title.toLowerCase()}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
