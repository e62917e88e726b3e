import {
  buyerConfirms,
  checkDraft,
  tokenAddress,
  type Draft,
  type DraftProblem,
  type NewMilestone,
  type Roles,
} from 'tranche-client';
import { readAmount } from '../actions/input.ts';
import { DAY, type Form, type MilestoneForm } from './form.ts';

/** A form as terms, with all that is wrong with it. */
export interface Checked {
  draft: Draft;
  problems: DraftProblem[];
}

/** What a form needs from elsewhere to be read. */
export interface Setting {
  passphrase: string;
  /** Of the token; undefined while it is not known. */
  decimals: number | undefined;
  /** Who deploys, and is the admin. */
  admin: string;
  now: bigint;
  /** Where the escrow will be. */
  escrow: string;
}

/** Reads a form. What cannot be read is a problem of its field. */
export function check(form: Form, setting: Setting): Checked {
  const own: DraftProblem[] = [];
  const problem = (path: string, what: string) => void own.push({ path, what });
  const whole = (path: string, text: string): number => {
    if (/^\d{1,9}$/.test(text.trim())) return Number(text);
    problem(path, 'This has to be a whole number.');
    return 0;
  };
  const draft: Draft = {
    terms: {
      engagement_id: form.engagement_id.trim(),
      title: form.title.trim(),
      description: form.description.trim(),
      document: bytesOfHex(form.document.trim(), 'document', problem),
      roles: rolesOf(form, setting.admin),
      token: tokenOf(form.token, setting.passphrase, problem),
      platform_fee_bps: basisPoints(form.fee, problem),
      policy: {
        release_quorum: whole('policy.release_quorum', form.release_quorum),
        resolve_quorum: whole('policy.resolve_quorum', form.resolve_quorum),
        review_window: BigInt(whole('policy.review_window', form.review_days)) * DAY,
        dispute_window: BigInt(whole('policy.dispute_window', form.dispute_days)) * DAY,
        fallback: { tag: form.fallback },
      },
    },
    milestones: form.milestones.map((one, at) =>
      milestoneOf(one, `milestones[${at}]`, setting.decimals, problem),
    ),
  };
  const theirs = checkDraft(draft, { now: setting.now, escrow: setting.escrow });
  const told = new Set(own.map(({ path }) => path));
  return { draft, problems: [...own, ...theirs.filter(({ path }) => !told.has(path))] };
}

type Tell = (path: string, what: string) => void;

/** Reads one milestone of a form. */
export function milestoneOf(
  one: MilestoneForm,
  path: string,
  decimals: number | undefined,
  problem: Tell,
): NewMilestone {
  const read = readAmount(one.amount, decimals ?? 0);
  if (decimals !== undefined && 'error' in read) problem(`${path}.amount`, read.error);
  const approvals = Number(one.approvals);
  if (!/^\d{1,2}$/.test(one.approvals.trim()))
    problem(`${path}.approvals_required`, 'This has to be a whole number.');
  return {
    title: one.title.trim(),
    description: one.description.trim(),
    document: bytesOfHex(one.document.trim(), `${path}.document`, problem),
    amount: 'units' in read ? read.units : 0n,
    receiver: one.receiver.trim() || null,
    approvals_required: approvals,
    due: endOfDay(one.due),
  };
}

/** The last second of a day, in UTC; 0 for no day. */
export function endOfDay(day: string): bigint {
  const milliseconds = Date.parse(`${day}T23:59:59Z`);
  return Number.isNaN(milliseconds) ? 0n : BigInt(milliseconds / 1000);
}

/** The last second of the year 9999: fields of dates have none beyond it. */
const LAST_SECOND = 253_402_300_799n;

/** The day of a second, as a field of dates has it; empty for 0, and where it has none. */
export const dayOf = (seconds: bigint): string =>
  seconds === 0n || seconds > LAST_SECOND
    ? ''
    : new Date(Number(seconds) * 1000).toISOString().slice(0, 10);

function rolesOf(form: Form, admin: string): Roles {
  const { payer, platform, lists } = form;
  const clean = (list: string[]) => list.map((one) => one.trim()).filter((one) => one !== '');
  if (form.preset === 'buyer confirms') {
    const seller = clean(lists.service_providers)[0] ?? '';
    return {
      ...buyerConfirms(payer.trim(), seller, platform.trim()),
      admin,
      observers: clean(lists.observers),
    };
  }
  return {
    payer: payer.trim(),
    admin,
    platform: platform.trim(),
    approvers: clean(lists.approvers),
    service_providers: clean(lists.service_providers),
    release_signers: clean(lists.release_signers),
    dispute_resolvers: clean(lists.dispute_resolvers),
    observers: clean(lists.observers),
  };
}

function tokenOf(text: string, passphrase: string, problem: Tell): string {
  try {
    return tokenAddress(passphrase, text.trim());
  } catch {
    problem('token', 'A token is native, CODE:ISSUER, or the address of its contract (C…).');
    return '';
  }
}

function basisPoints(text: string, problem: Tell): number {
  const read = readAmount(text, 2);
  if ('units' in read) return Number(read.units);
  problem('platform_fee_bps', 'This has to be per cent with at most two decimals, such as 2.5.');
  return 0;
}

function bytesOfHex(text: string, path: string, problem: Tell): Uint8Array | null {
  if (text === '') return null;
  if (/^[0-9a-f]{64}$/i.test(text)) {
    return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  }
  problem(path, 'A SHA-256 has 64 hexadecimal digits.');
  return null;
}

/** The SHA-256 of a file, which does not leave the browser. */
export async function fingerprintOfFile(file: File): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Where a problem is, in words: `milestones[2].amount` is the amount of milestone 2. */
export function placeOf(path: string): string {
  const [, list = '', at, field = ''] =
    /^(?:roles\.|policy\.)?(\w+)(?:\[(\d+)\])?(?:\.(\w+))?$/.exec(path) ?? [];
  const words = (name: string) => name.replaceAll('_', ' ');
  if (at === undefined) return words(list);
  return list === 'milestones'
    ? [`milestone ${at}`, ...(field ? [words(field)] : [])].join(', ')
    : `${words(list)}, ${Number(at) + 1}`;
}
