import type { Draft, EscrowState } from 'tranche-client';
import { fingerprintOf } from '../actions/fingerprint.ts';

/** In what an escrow that stands differs from a draft: the paths of what is otherwise there. */
export function differences(draft: Draft, { escrow, milestones }: EscrowState): string[] {
  const { roles, policy, ...texts } = draft.terms;
  const there = escrow.terms;
  return [
    ...differing('', texts, there),
    ...differing('roles.', roles, there.roles),
    ...differing('policy.', policy, there.policy),
    ...milestones.flatMap((stands) => {
      const path = `milestones[${stands.milestone}]`;
      const wanted = draft.milestones[stands.milestone];
      if (!wanted) return [path];
      const receiver = wanted.receiver ?? roles.service_providers[0];
      return differing(`${path}.`, { ...wanted, receiver }, stands);
    }),
  ];
}

function differing<T extends object>(prefix: string, wanted: T, there: NoInfer<T>): string[] {
  const fields = Object.keys(wanted) as (keyof T & string)[];
  return fields
    .filter((field) => fingerprintOf(wanted[field]) !== fingerprintOf(there[field]))
    .map((field) => prefix + field);
}
