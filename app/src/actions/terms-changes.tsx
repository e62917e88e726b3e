import type { Policy, Terms } from 'tranche-client';
import { LISTS } from '../create/form.ts';
import { FALLBACKS } from '../escrow/words.ts';
import { hex } from '../escrow/texts.tsx';
import { Address } from '../ui/address.tsx';
import { plain, spanExact } from '../ui/words.ts';
import type { Plan } from './plan.ts';

/** Every change of terms, as rows of what was and what will be. */
export function termsRows(before: Terms, after: Terms): Plan['rows'] {
  const [was, is] = [partsOf(before), partsOf(after)];
  const texts = Object.keys(is).flatMap((name): Plan['rows'] =>
    was[name] === is[name]
      ? []
      : [
          [
            name,
            <>
              {was[name] || 'none'} → <strong>{is[name] || 'none'}</strong>
            </>,
          ],
        ],
  );
  const seats = LISTS.flatMap(([list, name]): Plan['rows'] => {
    const [had, has] = [before.roles[list], after.roles[list]];
    const gone = had.filter((one) => !has.includes(one));
    const come = has.filter((one) => !had.includes(one));
    const moved = gone.length + come.length === 0 && had.join() !== has.join();
    return [
      ...gone.map((one) => [`${name}, out`, <Address address={one} full />] as const),
      ...come.map((one) => [`${name}, in`, <Address address={one} full />] as const),
      [`${name}, first`, moved && <Address address={has[0] ?? ''} full />],
    ];
  });
  return [...texts, ...seats];
}

const partsOf = ({ title, description, document, policy }: Terms): Record<string, string> => ({
  Title: plain(title),
  Description: plain(description),
  Document: document ? hex(document) : '',
  ...policyParts(policy),
});

const policyParts = (policy: Policy): Record<string, string> => ({
  'Votes to release': String(policy.release_quorum),
  'Votes to rule': String(policy.resolve_quorum),
  'Review window': windowOf(policy.review_window),
  'Dispute window': windowOf(policy.dispute_window),
  'Silent resolvers': FALLBACKS[policy.fallback.tag],
});

const windowOf = (seconds: bigint): string => (seconds === 0n ? 'none' : spanExact(seconds));
