// What needs no network: amounts, addresses, terms, errors, times.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import * as tranche from 'tranche-client';
import { explain } from '../dist/errors.js';
import { DAY, milestone, ONE } from './localnet.mjs';

const { parseAmount, plainAmount, formatAmount } = tranche;
const PASSPHRASE = 'Standalone Network ; February 2017';
const [A, B, C, D, E, F] = [
  'GCGF42FAKRBE72WIFU7M577CVVTR3CBGMKXEVPVAMC2M3WXTUKVAZI6D',
  'GCRN5PMAG5FM5QLCH7BUZPRQ7UIW37LBZLF2BIDEOSG4ZQ6HYRC45ALA',
  'GD6PR2VF32CN23PN7DUTF3WMABFC22JTB3B5T5HVYMZIQBSHEJ33HQOI',
  'GBII6MKB7G3EZIIGRPAS7L7FC6SOIRDGRDGEAWPRGCJCZ2UZXCVHBGCT',
  'GAE6YW2KBQXVRUZWAAFWFHMLEWENH5YJUVYCRUS4CFS7YJO4AJQ653B4',
  'GBK4HMMPZU3HGEUR6IT3ZWRRHBD6P4OISMUGFVLF5G2B6H4XRPWPD7WP',
];
const TOKEN = 'CDMLFMKMMD7MWZP3FKUBZPVHTUEDLSX4BYGYKH4GCESXYHS3IHQ4EIG4';

test('what is read is exact', () => {
  for (const [text, decimals, units] of [
    ['0', 7, 0n],
    ['1', 7, 10_000_000n],
    ['1000.50', 7, 10_005_000_000n],
    ['0.0000001', 7, 1n],
    ['00012', 0, 12n],
    ['1.123456789012345678', 18, 1_123_456_789_012_345_678n],
    ['922337203685.4775807', 7, 2n ** 63n - 1n],
    ['170141183460469231731687303715884105727', 0, 2n ** 127n - 1n],
  ]) {
    assert.equal(parseAmount(text, decimals), units, text);
  }
});

test('what is no amount is refused with a sentence', () => {
  for (const [text, why] of [
    ['-1', /negative/],
    ['', /digits/],
    ['.5', /digits/],
    ['5.', /digits/],
    ['1,000', /digits/],
    ['1e3', /digits/],
    [' 1', /digits/],
    ['+1', /digits/],
    ['1.2.3', /digits/],
    ['0x10', /digits/],
    ['٣', /digits/],
    ['NaN', /digits/],
    ['0.12345678', /8 decimals, and the token has 7/],
    ['17014118346046923173168730371588410573', /more than can be counted/],
  ]) {
    assert.throws(() => parseAmount(text, 7), why, text);
    assert.match(tranche.amountProblem(text, 7), why, text);
  }
});

test('what is shown reads back', () => {
  for (const [units, plain, people] of [
    [0n, '0', '0'],
    [1n, '0.0000001', '0.0000001'],
    [10_005_000_000n, '1000.5', '1,000.5'],
    [12_345_678_900_000_000n, '1234567890', '1,234,567,890'],
    [-12_345_670_000_000n, '-1234567', '-1,234,567'],
  ]) {
    assert.equal(plainAmount(units, 7), plain);
    assert.equal(formatAmount(units, 7), people);
    if (units >= 0n) assert.equal(parseAmount(plain, 7), units);
  }
  assert.equal(plainAmount(1_000n, 0), '1000');
});

test('every split pays exactly the gross', () => {
  for (const amount of [1n, 10_001n, 999_999_999_999n]) {
    for (const bps of [0, 1, 250, 3_000]) {
      const fee = tranche.feeOf(amount, bps);
      for (const part of [0n, 1n, amount / 2n, amount]) {
        const split = tranche.splitOf({ amount, fee }, bps, part);
        assert.equal(split.toReceiver + split.fee + split.toPayer, amount + fee);
        assert.ok(split.toPayer >= 0n);
      }
    }
  }
  assert.deepEqual(tranche.splitOf({ amount: 10_001n, fee: 250n }, 250, 5_000n), {
    toReceiver: 5_000n,
    fee: 125n,
    toPayer: 5_126n,
  });
});

test('an address is the one that the commands compute', () => {
  const address = tranche.escrowAddress(PASSPHRASE, A, 'HOUSE-1');
  assert.equal(address, 'CD4RVWJI6YYCIZXOOAXF76ZB36IA47JSYTE73UEHZ7ZMFZWRPCNSILKG');
  assert.notEqual(tranche.escrowAddress(PASSPHRASE, A, 'HOUSE-2'), address);
  assert.notEqual(tranche.escrowAddress('Test', A, 'HOUSE-1'), address);
  assert.equal(tranche.tokenAddress(PASSPHRASE, 'native'), TOKEN);
  assert.throws(() => tranche.tokenAddress(PASSPHRASE, 'USDC'), /no token/);
});

test('what is wrong with an address is said', () => {
  assert.equal(tranche.addressProblem(A), null);
  assert.equal(tranche.addressProblem(TOKEN), null);
  for (const [text, why] of [
    ['', /missing/],
    [`${A.slice(0, -1)}A`, /characters is wrong/],
    [A.slice(0, -1), /56 characters, and this has 55/],
    ['hello', /begins with G/],
    [`S${'A'.repeat(55)}`, /secret key/],
    [`M${'A'.repeat(68)}`, /muxed/],
  ]) {
    assert.match(tranche.addressProblem(text), why, text);
  }
});

const draft = () => ({
  terms: {
    engagement_id: '1234567890',
    title: '',
    description: '',
    document: null,
    roles: {
      payer: A,
      admin: B,
      platform: C,
      approvers: [A],
      service_providers: [D],
      release_signers: [A],
      dispute_resolvers: [E],
      observers: [],
    },
    token: TOKEN,
    platform_fee_bps: 250,
    policy: { ...tranche.PRESETS.arbitrated },
  },
  milestones: [milestone('One', ONE, { due: 10n * DAY })],
});

test('each rule of terms is checked, with its place', () => {
  const check = (change) => {
    const changed = draft();
    change(changed);
    return tranche.checkDraft(changed, { now: DAY, escrow: F }).map(({ path }) => path);
  };
  assert.deepEqual(
    check(() => {}),
    [],
  );
  for (const [path, change] of [
    ['engagement_id', ({ terms }) => (terms.engagement_id = '')],
    ['engagement_id', ({ terms }) => (terms.engagement_id = 'ü'.repeat(33))],
    ['title', ({ terms }) => (terms.title = 'x'.repeat(101))],
    ['description', ({ terms }) => (terms.description = 'x'.repeat(501))],
    ['roles.payer', ({ terms }) => (terms.roles.payer = '')],
    ['roles.platform', ({ terms }) => (terms.roles.platform = TOKEN)],
    ['roles.admin', ({ terms }) => (terms.roles.admin = F)],
    ['roles.approvers', ({ terms }) => (terms.roles.approvers = [])],
    ['roles.observers', ({ terms }) => (terms.roles.observers = Array(11).fill(D))],
    ['roles.approvers[1]', ({ terms }) => terms.roles.approvers.push(A)],
    ['roles.dispute_resolvers[0]', ({ terms }) => (terms.roles.dispute_resolvers = [D])],
    ['platform_fee_bps', ({ terms }) => (terms.platform_fee_bps = 3_001)],
    ['policy.release_quorum', ({ terms }) => (terms.policy.release_quorum = 2)],
    ['policy.resolve_quorum', ({ terms }) => (terms.policy.resolve_quorum = 0)],
    ['policy.review_window', ({ terms }) => (terms.policy.review_window = 3_651n * DAY)],
    ['milestones', (all) => (all.milestones = [])],
    ['milestones', (all) => all.milestones.push(milestone('', 2n ** 127n - 1n))],
    ['milestones[0].amount', ({ milestones }) => (milestones[0].amount = 0n)],
    ['milestones[0].due', ({ milestones }) => (milestones[0].due = DAY - 1n)],
    ['milestones[0].receiver', ({ milestones }) => (milestones[0].receiver = 'G')],
    ['milestones[0].approvals_required', ({ milestones }) => (milestones[0].approvals_required = 2)],
    ['milestones[0].title', ({ milestones }) => (milestones[0].title = 'x'.repeat(101))],
  ]) {
    assert.ok(check(change).includes(path), path);
  }
  assert.deepEqual(
    check(({ milestones }) => (milestones[0].due = DAY)),
    [],
    'due this very second',
  );
});

test('ways to get stuck are those of the contract', () => {
  const stuck = (change) => {
    const changed = draft();
    change(changed);
    return tranche.draftStuckWays(changed);
  };
  const none = ({ terms }) => (terms.roles.dispute_resolvers = []);
  assert.deepEqual(
    stuck(() => {}),
    [],
  );
  assert.deepEqual(stuck(none), ['Undisputable']);
  assert.deepEqual(
    stuck((all) => {
      none(all);
      all.terms.policy.review_window = 0n;
      all.milestones[0].due = 0n;
    }),
    ['Undisputable', 'SilentReviewers', 'SilentProvider'],
  );
  assert.deepEqual(
    stuck(({ terms }) => (terms.policy.dispute_window = 0n)),
    ['SilentResolvers'],
  );
  for (const way of ['Undisputable', 'SilentResolvers', 'SilentReviewers', 'SilentProvider']) {
    assert.match(tranche.stuckMeaning(way), /\.$/);
  }
});

test('a call carries what the contract allows', () => {
  // The reckoning of scripts/tranche: 15,900 - 1,200 - 2 members of 44 - 4 seats of 116 - 2 * 10 of text.
  const all = (count, description, receivers = 1) => {
    const made = draft();
    const { roles } = made.terms;
    Object.assign(roles, { approvers: [A], release_signers: [], dispute_resolvers: [] });
    const names = [D, ...Array.from({ length: 60 }, (_, i) => `receiver ${i}`)];
    made.milestones = Array.from({ length: count }, (_, i) =>
      milestone('', 1n, { description: 'x'.repeat(description), receiver: names[i % receivers] }),
    );
    return made;
  };
  assert.equal(tranche.firstBatch(all(60, 0)), Math.floor(14_128 / 300));
  assert.equal(tranche.firstBatch(all(60, 100)), Math.floor(14_128 / 400));
  assert.equal(tranche.firstBatch(all(60, 0, 60)), Math.floor((14_128 + 116) / 416));
  assert.equal(tranche.firstBatch(all(60, 500)), Math.floor(8_172 / 500));
  assert.equal(tranche.firstBatch(all(3, 0)), 3);
  assert.equal(tranche.nextBatch(all(60, 0).milestones), 50);
  assert.equal(tranche.nextBatch(all(60, 100).milestones), Math.floor((15_900 - 116) / 400));
  assert.equal(tranche.nextBatch(all(60, 0).milestones, [], 50), Math.floor((15_900 - 51 * 116) / 300));
});

test('every error of the contract has its sentence and what to do', async () => {
  const page = await readFile(new URL('../../../docs/errors.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| (\d+) \| `(\w+)` \| (.*) \|$/gm)];
  assert.equal(rows.length, 56);
  assert.equal(tranche.contractErrors.size, rows.length);
  for (const [, code, name, sentence] of rows) {
    const error = tranche.contractErrors.get(Number(code));
    assert.equal(error.name, name);
    assert.equal(error.sentence, sentence);
    assert.match(error.advice, /^[A-Z].*\.$/, name);
  }
});

test('what changed meanwhile is told apart from what is too much', () => {
  for (const [said, kind, words] of [
    [
      'txFailed invokeHostFunctionTrapped Error(Storage, ExceededLimit) trying to access contract storage key outside of the footprint',
      'refused',
      /has changed since/,
    ],
    ['txFailed invokeHostFunctionInsufficientRefundableFee', 'refused', /has changed since/],
    [
      'txFailed invokeHostFunctionResourceLimitExceeded Error(Budget, ExceededLimit)',
      'refused',
      /has changed since/,
    ],
    ['HostError: Error(Budget, ExceededLimit)', 'refused', /more than one transaction/],
    ['txSorobanInvalid transaction exceeds the limit', 'refused', /more than one transaction/],
    ['txInsufficientBalance', 'no-funds', /too little XLM/],
  ]) {
    const problem = explain(said);
    assert.equal(problem.kind, kind, said);
    assert.match(problem.happened, words, said);
  }
});

test('a signature that was used is told apart from one that is missing', () => {
  for (const [said, kind, words] of [
    ['HostError: Error(Auth, ExistingValue) nonce already exists for address', 'refused', /used already/],
    ['HostError: Error(Auth, InvalidAction) Unauthorized function call', 'co-signer', /did not sign/],
  ]) {
    const problem = explain(said);
    assert.equal(problem.kind, kind, said);
    assert.match(problem.happened, words, said);
  }
});

test('spans and moments are written for people', () => {
  for (const [seconds, text] of [
    [0n, 'no time'],
    [59n, '59 seconds'],
    [60n, '1 minute'],
    [3_661n, '1 hour 1 minute'],
    [7n * DAY, '7 days'],
    [7n * DAY + 7_200n, '7 days 2 hours'],
    [DAY + 59n, '1 day'],
  ]) {
    assert.equal(tranche.formatSpan(seconds), text);
  }
  assert.equal(tranche.formatTime(951_827_696n), '2000-02-29 12:34:56 UTC');
  assert.equal(tranche.formatTime(253_402_300_799n), '9999-12-31 23:59:59 UTC');
  assert.equal(tranche.formatTime(2n ** 64n - 1n), 'after the year 9999');
});
