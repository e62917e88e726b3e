import { calls, checkTerms, type Terms } from 'tranche-client';
import { useState } from 'preact/hooks';
import { formOf } from '../create/from-terms.ts';
import { check } from '../create/draft.ts';
import { LISTS, type Form } from '../create/form.ts';
import { DocumentField } from '../create/document.tsx';
import { People } from '../create/people.tsx';
import { PolicyFields } from '../create/roles.tsx';
import { TextField } from '../ui/field.tsx';
import type { FormProps, Plan } from './plan.ts';
import { fingerprintOf } from './fingerprint.ts';
import { termsRows } from './terms-changes.tsx';

/** `update`: texts, role lists and policy, while nothing is funded. */
export function UpdateForm({ context, children }: FormProps) {
  const { state, now, network } = context;
  const { terms, revision } = state.escrow;
  const [form, setForm] = useState(() => formOf(terms));
  const checked = check(form, {
    passphrase: network.passphrase,
    decimals: state.token.decimals,
    admin: terms.roles.admin,
    now,
    escrow: state.id,
  });
  const changed: Terms = {
    ...checked.draft.terms,
    engagement_id: terms.engagement_id,
    token: terms.token,
    platform_fee_bps: terms.platform_fee_bps,
    policy: { ...checked.draft.terms.policy, ...untouched(form, terms) },
    roles: {
      ...checked.draft.terms.roles,
      payer: terms.roles.payer,
      platform: terms.roles.platform,
    },
  };
  const unread = checked.problems.filter(
    ({ path }) => path.startsWith('policy') || path === 'document',
  );
  const problems = [...unread, ...checkTerms(changed, state.id)];
  const errorOf = (path: string) => problems.find((one) => one.path === path)?.what;
  const few =
    changed.roles.approvers.length < state.approvalsNeeded
      ? `Some milestone needs ${state.approvalsNeeded} approvers.`
      : undefined;
  const set = (change: Partial<Form>) => setForm({ ...form, ...change });
  const plan: Plan = {
    call: calls.update(state, changed),
    rows: [
      ['Terms', `revision ${revision}, replaced by revision ${revision + 1}`],
      ...termsRows(terms, changed),
    ],
    parties: [],
  };
  const same =
    fingerprintOf(terms) === fingerprintOf(changed) ? 'Nothing is changed yet.' : undefined;
  return (
    <>
      <TextField
        label="Title"
        optional
        value={form.title}
        onInput={(title) => set({ title })}
        error={errorOf('title')}
      />
      <TextField
        label="Description"
        optional
        lines={2}
        value={form.description}
        onInput={(description) => set({ description })}
        error={errorOf('description')}
      />
      <DocumentField
        value={form.document}
        onInput={(document) => set({ document })}
        error={errorOf('document')}
      />
      {LISTS.map(([list, name, least]) => (
        <People
          key={list}
          label={name}
          hint=""
          list={form.lists[list]}
          least={least}
          onList={(members) => set({ lists: { ...form.lists, [list]: members } })}
          errorOf={(at) =>
            errorOf(at === undefined ? `roles.${list}` : `roles.${list}[${at}]`) ??
            (list === 'approvers' && at === undefined ? few : undefined)
          }
        />
      ))}
      <PolicyFields form={form} onForm={setForm} errorOf={errorOf} />
      {children(problems[0]?.what ?? few ?? same ?? plan)}
    </>
  );
}

/** Windows that are no whole number of days stay as they are, unless they are changed. */
function untouched(form: Form, terms: Terms): Partial<Terms['policy']> {
  const before = formOf(terms);
  return {
    ...(form.review_days === before.review_days && { review_window: terms.policy.review_window }),
    ...(form.dispute_days === before.dispute_days && {
      dispute_window: terms.policy.dispute_window,
    }),
  };
}
