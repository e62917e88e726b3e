import type { Terms } from 'tranche-client';
import { hex } from '../escrow/texts.tsx';
import { percent } from '../escrow/words.ts';
import { DAY, emptyForm, type Form } from './form.ts';

/** Terms that stand, as a form to change them with. */
export function formOf({
  title,
  description,
  document,
  engagement_id,
  token,
  platform_fee_bps,
  roles,
  policy,
}: Terms): Form {
  return {
    ...emptyForm('arbitrated'),
    engagement_id,
    title,
    description,
    document: document ? hex(document) : '',
    token,
    fee: percent(platform_fee_bps).replace(' %', ''),
    payer: roles.payer,
    platform: roles.platform,
    lists: {
      approvers: roles.approvers,
      service_providers: roles.service_providers,
      release_signers: roles.release_signers,
      dispute_resolvers: roles.dispute_resolvers,
      observers: roles.observers,
    },
    release_quorum: String(policy.release_quorum),
    resolve_quorum: String(policy.resolve_quorum),
    review_days: String(policy.review_window / DAY),
    dispute_days: String(policy.dispute_window / DAY),
    fallback: policy.fallback.tag,
  };
}
