import { PRESETS, type Fallback } from 'tranche-client';
import { FALLBACKS } from '../escrow/words.ts';
import { forget, isText, isTexts, keep, recall } from '../memory.ts';

/** A milestone as it is being written: texts, since half an amount is no amount yet. */
export interface MilestoneForm {
  key: number;
  title: string;
  description: string;
  /** The SHA-256 of a text kept elsewhere, in hexadecimal digits. */
  document: string;
  amount: string;
  receiver: string;
  approvals: string;
  /** A day, such as 2027-03-01; it is due when that day ends in UTC. */
  due: string;
}

/** The two kinds of escrow that most people want. */
export type Preset = keyof typeof PRESETS;

/** The lists of roles, with how many each needs at least. */
export const LISTS = [
  ['approvers', 'Approvers', 1],
  ['service_providers', 'Service providers', 1],
  ['release_signers', 'Release signers', 0],
  ['dispute_resolvers', 'Dispute resolvers', 0],
  ['observers', 'Observers', 0],
] as const;

/** A list of roles. */
export type List = (typeof LISTS)[number][0];

/** An escrow as it is being written. */
export interface Form {
  preset: Preset;
  engagement_id: string;
  title: string;
  description: string;
  /** The SHA-256 of a text kept elsewhere, in hexadecimal digits. */
  document: string;
  token: string;
  /** In per cent. */
  fee: string;
  payer: string;
  platform: string;
  lists: Record<List, string[]>;
  release_quorum: string;
  resolve_quorum: string;
  /** In days; 0 for none. */
  review_days: string;
  dispute_days: string;
  fallback: Fallback['tag'];
  milestones: MilestoneForm[];
}

/** In seconds. */
export const DAY = 86_400n;

/** A milestone with nothing in it. */
export const emptyMilestone = (key: number): MilestoneForm => ({
  key,
  title: '',
  description: '',
  document: '',
  amount: '',
  receiver: '',
  approvals: '1',
  due: '',
});

/** What a preset settles. */
export function policyOf(
  preset: Preset,
): Pick<Form, 'release_quorum' | 'resolve_quorum' | 'review_days' | 'dispute_days' | 'fallback'> {
  const policy = PRESETS[preset];
  return {
    release_quorum: String(policy.release_quorum),
    resolve_quorum: String(policy.resolve_quorum),
    review_days: String(policy.review_window / DAY),
    dispute_days: String(policy.dispute_window / DAY),
    fallback: policy.fallback.tag,
  };
}

/** A form with nothing in it but a preset. */
export const emptyForm = (preset: Preset): Form => ({
  preset,
  engagement_id: '',
  title: '',
  description: '',
  document: '',
  token: 'native',
  fee: '1',
  payer: '',
  platform: '',
  lists: {
    approvers: [''],
    service_providers: [''],
    release_signers: [''],
    dispute_resolvers: preset === 'arbitrated' ? [''] : [],
    observers: [],
  },
  ...policyOf(preset),
  milestones: [emptyMilestone(0), emptyMilestone(1)],
});

/** Whether nothing was written yet, but which kind of escrow it is. */
export function isEmpty(form: Form): boolean {
  const rest = (one: Form) => JSON.stringify({ ...one, lists: {} });
  const people = Object.values(form.lists).flat();
  return people.every((one) => one === '') && rest(form) === rest(emptyForm(form.preset));
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const isOneOf = <T extends object>(names: T, value: unknown): value is keyof T =>
  isText(value) && Object.hasOwn(names, value);

/** The texts of a form, each replaced by what was kept of it. */
function withTexts<T extends object>(empty: T, kept: unknown): T {
  if (!isRecord(kept)) return empty;
  const texts = Object.entries(empty).filter(([name, value]) => isText(value) && isText(kept[name]));
  return { ...empty, ...Object.fromEntries(texts.map(([name]) => [name, kept[name]])) };
}

/** A draft as far as it is one: another version of the page may have kept it. */
function restored(kept: Record<string, unknown>): Form {
  const preset = isOneOf(PRESETS, kept['preset']) ? kept['preset'] : 'arbitrated';
  const empty = emptyForm(preset);
  const lists = isRecord(kept['lists']) ? kept['lists'] : {};
  const list = (name: List) => {
    const members = lists[name];
    return isTexts(members) ? members : empty.lists[name];
  };
  const milestones = Array.isArray(kept['milestones']) ? kept['milestones'] : [];
  return {
    ...withTexts(empty, kept),
    preset,
    fallback: isOneOf(FALLBACKS, kept['fallback']) ? kept['fallback'] : empty.fallback,
    lists: {
      approvers: list('approvers'),
      service_providers: list('service_providers'),
      release_signers: list('release_signers'),
      dispute_resolvers: list('dispute_resolvers'),
      observers: list('observers'),
    },
    milestones:
      milestones.length > 0
        ? milestones.map((one: unknown, key) => withTexts(emptyMilestone(key), one))
        : empty.milestones,
  };
}

/** The draft of the last visit, or an empty one. */
export function recallForm(): Form {
  const kept = recall('draft', isRecord);
  return kept ? restored(kept) : emptyForm('arbitrated');
}

/** Keeps the draft for the next visit. */
export const keepForm = (form: Form): void => keep('draft', form);

/** Forgets the draft, once it stands on the chain. */
export const forgetForm = (): void => forget('draft');
