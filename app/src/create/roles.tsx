import type { Fallback } from 'tranche-client';
import { FALLBACKS } from '../escrow/words.ts';
import { Address } from '../ui/address.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { LISTS, type Form, type List } from './form.ts';
import { People, Person } from './people.tsx';
import type { PartProps } from './screen.tsx';

const HINTS: Record<List, string> = {
  approvers: 'They approve the work, or send it back.',
  service_providers:
    'They report the work. The first is paid, unless a milestone names another receiver.',
  release_signers: 'They pay approved work. Without any, anybody may pay it once it is approved.',
  dispute_resolvers:
    'They rule on disputes, and hold no other role. Without any, nothing can be disputed.',
  observers: 'They may nothing; the escrow is listed for them.',
};

/** Who takes part, and what happens if they stay silent. */
export function RolesPart({ form, onForm, errorOf, admin }: PartProps & { admin: string }) {
  const set = (change: Partial<Form>) => onForm({ ...form, ...change });
  const setList = (list: List, members: string[]) =>
    set({ lists: { ...form.lists, [list]: members } });
  const buyer = form.preset === 'buyer confirms';
  const lists = buyer ? LISTS.filter(([list]) => list === 'observers') : LISTS;
  return (
    <div class="stack wide">
      <div class="pair">
        <Person
          label={buyer ? 'Buyer' : 'Payer'}
          hint={buyer ? 'Pays in, approves and releases.' : 'Pays in, and gets every refund.'}
          value={form.payer}
          onInput={(payer) => set({ payer })}
          error={errorOf('roles.payer')}
        />
        {buyer && (
          <Person
            label="Seller"
            hint="Reports the work, and is paid."
            value={form.lists.service_providers[0] ?? ''}
            onInput={(seller) => setList('service_providers', [seller])}
            error={errorOf('roles.service_providers[0]') ?? errorOf('roles.service_providers')}
          />
        )}
        <Person
          label="Platform"
          hint="Gets the fee."
          value={form.platform}
          onInput={(platform) => set({ platform })}
          error={errorOf('roles.platform')}
        />
      </div>
      <p class="soft small">
        Admin: <Address address={admin} /> You create it, and so you are its admin: you edit what is
        not funded, and touch no money. The seat can be handed over.
      </p>
      {lists.map(([list, name, least]) => (
        <People
          key={list}
          label={name}
          hint={HINTS[list]}
          list={form.lists[list]}
          least={least}
          onList={(members) => setList(list, members)}
          errorOf={(at) => errorOf(at === undefined ? `roles.${list}` : `roles.${list}[${at}]`)}
        />
      ))}
      <PolicyFields form={form} onForm={onForm} errorOf={errorOf} />
    </div>
  );
}

const CHOICES = (Object.keys(FALLBACKS) as Fallback['tag'][]).map((tag): [string, string] => [
  tag,
  `${tag}: ${FALLBACKS[tag]}`,
]);

/** How many must agree, and what silence leads to. */
export function PolicyFields({ form, onForm, errorOf }: PartProps) {
  const set = (change: Partial<Form>) => onForm({ ...form, ...change });
  const buyer = form.preset === 'buyer confirms';
  return (
    <fieldset class="stack">
      <legend>Quorums and windows</legend>
      <div class="pair">
        <TextField
          label="Review window"
          suffix="days"
          inputMode="numeric"
          value={form.review_days}
          onInput={(review_days) => set({ review_days })}
          error={errorOf('policy.review_window')}
          hint="After so long a silence, anybody may release completed work. 0: never."
        />
        {!buyer && (
          <TextField
            label="Release votes needed"
            inputMode="numeric"
            value={form.release_quorum}
            onInput={(release_quorum) => set({ release_quorum })}
            error={errorOf('policy.release_quorum')}
            hint="0 where there are no release signers."
          />
        )}
        {!buyer && (
          <TextField
            label="Dispute window"
            suffix="days"
            inputMode="numeric"
            value={form.dispute_days}
            onInput={(dispute_days) => set({ dispute_days })}
            error={errorOf('policy.dispute_window')}
            hint="After so long without a ruling, the fallback applies. 0: never."
          />
        )}
        {!buyer && (
          <TextField
            label="Equal rulings needed"
            inputMode="numeric"
            value={form.resolve_quorum}
            onInput={(resolve_quorum) => set({ resolve_quorum })}
            error={errorOf('policy.resolve_quorum')}
            hint="0 where there are no resolvers."
          />
        )}
      </div>
      {!buyer && (
        <SelectField
          label="If the resolvers stay silent"
          value={form.fallback}
          onInput={(tag) => set({ fallback: fallbackOf(tag) })}
          choices={CHOICES}
        />
      )}
    </fieldset>
  );
}

const fallbackOf = (text: string): Fallback['tag'] =>
  text === 'Release' || text === 'Even' ? text : 'Refund';
