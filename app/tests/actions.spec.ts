import { Keypair } from '@stellar/stellar-sdk';
import { calls, tokenAddress, type EscrowState } from 'tranche-client';
import { Scene } from '../client/test/scenes.mjs';
import { DAY, milestone, ONE } from '../client/test/localnet.mjs';
import { expect, Person, someone, test, type Net } from './support/test.ts';

/** One action by the role that it belongs to: from the state that it needs to what it leaves behind. */
interface Case {
  by: string;
  options?: object;
  before: (scene: Scene, net: Net) => Promise<unknown>;
  link: string;
  fill?: (person: Person, net: Net) => Promise<unknown>;
  after: (state: EscrowState, net: Net) => void;
}

const first = (state: EscrowState) => {
  const [one] = state.milestones;
  if (!one) throw new Error('no milestones');
  return one;
};

const funded = (scene: Scene) => scene.fund(1);

const completed = async (scene: Scene) => {
  await scene.fund(1);
  await scene.report(0, 'Completed');
};

const disputed = async (scene: Scene) => {
  await scene.fund(1);
  await scene.dispute('payer', 0);
};

const released = async (scene: Scene) => {
  await completed(scene);
  await scene.vote('approver', 'approve', 0);
  await scene.vote('signer', 'release', 0);
};

const CASES: Record<string, Case> = {
  fund: {
    by: 'payer',
    before: async () => {},
    link: 'fund',
    fill: async ({ sheet }, { address }) => {
      await expect(sheet).toContainText('1,537.5 USDC');
      await sheet.getByLabel('Which milestones').selectOption({ label: 'Through 0 Design' });
      await expect(sheet).toContainText('1,025 USDC');
      await expect(sheet.getByRole('listitem').filter({ hasText: '1,000 USDC' })).toContainText(
        address.provider,
      );
      await expect(sheet).toContainText('25 USDC of it, for the platform');
      for (const role of ['platform', 'approver', 'signer']) {
        await expect(sheet).toContainText(address[role]);
      }
    },
    after: ({ escrow }) => expect(escrow.totals.deposited).toBe(1_025n * ONE),
  },
  count_deposit: {
    by: 'payer',
    before: (scene, net) => net.send(net.address.stranger, scene.id, 1_600n * ONE),
    link: 'count_deposit',
    after: ({ escrow }) => expect(escrow.totals.funded).toBe(2),
  },
  withdraw: {
    by: 'payer',
    before: (scene, net) => net.send(net.address.stranger, scene.id, 7n),
    link: 'withdraw',
    after: ({ balances }) => expect(balances?.balance).toBe(0n),
  },
  'withdraw, another token': {
    by: 'payer',
    before: (scene, net) =>
      net.send(net.address.stranger, scene.id, 7n, tokenAddress(net.network.passphrase, 'native')),
    link: 'withdraw',
    fill: async ({ sheet }, net) => {
      await expect(sheet).toContainText('No USDC is here that is not needed');
      await sheet.getByLabel('Another token').fill(tokenAddress(net.network.passphrase, 'native'));
      await expect(sheet).toContainText('0.0000007 XLM');
    },
    after: ({ balances }) => expect(balances?.unreserved).toBe(0n),
  },
  change_status: {
    by: 'provider',
    before: funded,
    link: '0/change_status',
    fill: async ({ sheet }) => {
      await sheet.getByLabel('Note').fill('All four pages');
      await sheet.getByLabel('Evidence').fill('https://example.org/pages');
    },
    after: (state) => {
      expect(first(state).status.tag).toBe('Completed');
      expect(first(state).evidence).toBe('https://example.org/pages');
    },
  },
  approve: {
    by: 'approver',
    before: completed,
    link: '0/approve',
    after: (state) => expect(first(state).flags.approved).toBe(true),
  },
  reject: {
    by: 'approver',
    before: completed,
    link: '0/reject',
    fill: ({ sheet }) => sheet.getByLabel('Reason').fill('The colours'),
    after: (state) => expect(first(state).note).toBe('The colours'),
  },
  release: {
    by: 'signer',
    before: async (scene) => {
      await completed(scene);
      await scene.vote('approver', 'approve', 0);
    },
    link: '0/release',
    after: (state) => expect(first(state).flags.released).toBe(true),
  },
  confirm: {
    by: 'payer',
    options: { roles: {}, buyer: true },
    before: completed,
    link: '0/confirm',
    after: (state) => expect(first(state).flags.released).toBe(true),
  },
  dispute: {
    by: 'payer',
    before: funded,
    link: '0/dispute',
    fill: ({ sheet }) => sheet.getByLabel('Reason').fill('It leaks'),
    after: (state) => expect(first(state).reason).toBe('It leaks'),
  },
  resume: {
    by: 'provider',
    before: async (scene) => {
      await disputed(scene);
      await scene.resume('payer', 0);
    },
    link: '0/resume',
    after: (state) => expect(first(state).flags.disputed).toBe(false),
  },
  resolve: {
    by: 'resolver',
    before: disputed,
    link: '0/resolve',
    fill: async ({ sheet }) => {
      await sheet.getByLabel('To the receiver').fill('600.0000001');
      await expect(sheet.getByText('Say how much each side gets.')).toBeVisible();
      await sheet.getByLabel('Back to the payer').fill('400');
      await expect(
        sheet.getByText('0.0000001 USDC more than there is', { exact: false }),
      ).toBeVisible();
      await sheet.getByLabel('Back to the payer').fill('399.9999999');
    },
    after: (state) => {
      expect(first(state).flags.resolved).toBe(true);
      expect(first(state).to_receiver).toBe(600n * ONE + 1n);
    },
  },
  resolve_by_default: {
    by: 'stranger',
    before: async (scene, net) => {
      await disputed(scene);
      await net.advanceTime(14n * DAY);
    },
    link: '0/resolve_by_default',
    fill: ({ sheet }) => expect(sheet).toContainText('12.5 USDC to the platform'),
    after: (state) => expect(first(state).to_receiver).toBe(500n * ONE),
  },
  settle: {
    by: 'provider',
    before: async (scene) => {
      await scene.fund(1);
      await scene.split('payer', 'settle', 0, 250n * ONE);
    },
    link: '0/settle',
    fill: async ({ sheet }) => {
      await expect(sheet.getByRole('heading', { name: 'Answer the offer' })).toBeVisible();
      await sheet.getByLabel('To the receiver').fill('251');
      await sheet.getByLabel('Back to the payer').fill('749');
      await expect(sheet).toContainText('It waits for the other side');
      await expect(sheet.getByRole('button', { name: /^Offer a split: sign/ })).toBeVisible();
      await sheet.getByRole('button', { name: 'As the other side offers' }).click();
      await expect(sheet).toContainText('this pays at once, and is final');
      await expect(sheet.getByRole('button', { name: /^Accept and have it paid/ })).toBeVisible();
    },
    after: (state) => expect(first(state).to_receiver).toBe(250n * ONE),
  },
  refund: {
    by: 'provider',
    before: funded,
    link: '0/refund',
    after: (state) => expect(first(state).flags.refunded).toBe(true),
  },
  reclaim: {
    by: 'payer',
    options: { due: DAY },
    before: async (scene, net) => {
      await scene.fund(0);
      await net.advanceTime(2n * DAY);
    },
    link: '0/reclaim',
    after: (state) => expect(first(state).flags.refunded).toBe(true),
  },
  claim: {
    by: 'platform',
    before: released,
    link: 'claim',
    after: ({ escrow }) => expect(escrow.totals.credited).toBe(0n),
  },
  redirect: {
    by: 'provider',
    before: funded,
    link: '0/redirect',
    fill: ({ sheet }, net) => sheet.getByLabel('New receiver').fill(net.address.receiver),
    after: (state, net) => expect(first(state).receiver).toBe(net.address.receiver),
  },
  update: {
    by: 'admin',
    before: async () => {},
    link: 'update',
    fill: async ({ sheet }) => {
      await sheet.getByLabel('Title').fill('Another website');
      await sheet.getByLabel('Review window').fill('9');
      for (const row of ['A website → Another website', '7 days → 9 days']) {
        await expect(sheet.locator('.facts')).toContainText(row);
      }
    },
    after: ({ escrow }) => {
      expect(escrow.terms.title).toBe('Another website');
      expect(escrow.terms.policy.review_window).toBe(9n * DAY);
      expect(escrow.revision).toBe(1);
    },
  },
  manage_milestones: {
    by: 'admin',
    before: async () => {},
    link: 'manage_milestones',
    fill: async ({ sheet }) => {
      await sheet.getByLabel('Remove from the end').fill('1');
      await sheet.getByRole('button', { name: 'Edit Design' }).click();
      await sheet.getByRole('group', { name: 'Milestone 0' }).getByLabel('Title').fill('Drawings');
      await sheet.getByRole('button', { name: 'Add a milestone' }).click();
      const added = sheet.getByRole('group', { name: 'New milestone 1' });
      await added.getByLabel('Title').fill('Launch');
      await added.getByLabel('Amount').fill('0.0000001');
      for (const row of ['1 Code, 500 USDC', 'Design → Drawings', '0.0000001 USDC']) {
        await expect(sheet.locator('.facts')).toContainText(row);
      }
    },
    after: ({ milestones, escrow }) => {
      expect(milestones.map(({ title }) => title)).toEqual(['Drawings', 'Launch']);
      expect(escrow.totals.amount).toBe(1_000n * ONE + 1n);
    },
  },
  extend_ttl: {
    by: 'admin',
    before: async () => {},
    link: 'extend_ttl',
    fill: async ({ sheet }) => {
      await sheet.getByLabel('Days from now').fill('181');
      await expect(sheet.getByLabel('Days from now')).toHaveAttribute('aria-invalid', 'true');
      await sheet.getByLabel('Days from now').fill('130');
    },
    after: () => {},
  },
};

for (const [method, { by, options, before, link, fill, after }] of Object.entries(CASES)) {
  test(`${method}, by ${by}`, async ({ net, site, page, wallet }) => {
    const scene = await Scene.of(net, `ACT-${method}`, await optionsOf(net, options));
    await before(scene, net);
    const person = await someone(page, site, wallet, net.address[by]);
    await person.open(`#/escrow/${scene.id}/${link}`);
    await fill?.(person, net);
    await person.sign();
    await person.done();
    after(await scene.read(), net);
  });
}

test('a claim finds what is owed on milestones of another page', async ({
  net,
  site,
  page,
  wallet,
}) => {
  const unpayable = Keypair.random().publicKey();
  const milestones = Array.from({ length: 51 }, (_, at) =>
    milestone(`Part ${at}`, ONE, at === 50 ? { receiver: unpayable } : {}),
  );
  const scene = await Scene.of(net, 'ACT-far', { milestones });
  await scene.fund(50);
  await scene.vote('approver', 'approve', 50);
  await scene.vote('signer', 'release', 50);
  const person = await someone(page, site, wallet, net.address.stranger);
  await person.open(`#/escrow/${scene.id}/claim`);
  await person.sheet.getByLabel('Whose').selectOption({ label: `Receiver, ${short(unpayable)}` });
  await expect(person.sheet).toContainText('Part 50');
  await expect(person.sheet).toContainText('The account has no trustline for this token');
});

const short = (address: string): string => `${address.slice(0, 6)}…${address.slice(-6)}`;

async function optionsOf(net: Net, options: { due?: bigint; buyer?: boolean } = {}) {
  if (options.due !== undefined) {
    const { ledger } = await net.read(await net.deploy(net.draft(`CLOCK-${Date.now()}`)));
    return { milestones: [milestone('Late', 10n * ONE, { due: ledger.time + options.due })] };
  }
  if (!options.buyer) return {};
  const { payer } = net.address;
  return {
    roles: { approvers: [payer], release_signers: [payer], dispute_resolvers: [] },
    policy: { resolve_quorum: 0, dispute_window: 0n },
  };
}

test('several milestones are released in one call', async ({ net, site, page, wallet }) => {
  const scene = await Scene.of(net, 'ACT-batch');
  await scene.fund(1);
  for (const index of [0, 1]) await scene.vote('approver', 'approve', index);
  const signer = await someone(page, site, wallet, net.address.signer);
  await signer.open(`#/escrow/${scene.id}/0/release`);
  await signer.sheet.getByText('Together with others (1)').click();
  await signer.sheet.getByLabel(/1 Code/).check();
  await signer.sign();
  await signer.done();
  const state = await scene.read();
  expect(state.escrow.state.tag).toBe('Completed');
});

test('edits of milestones are checked at their fields, and listed', async ({
  net,
  site,
  page,
  wallet,
}) => {
  const scene = await Scene.of(net, 'ACT-edits', await optionsOf(net, { due: 90n * DAY }));
  const admin = await someone(page, site, wallet, net.address.admin);
  await admin.open(`#/escrow/${scene.id}/manage_milestones`);
  await admin.sheet.getByRole('button', { name: 'Edit Late' }).click();
  const wrong: [label: string, text: string][] = [
    ['Approvals needed', 'x'],
    ['Approvals needed', '2'],
    ['Receiver', ''],
    ['Receiver', 'GABC'],
    ['Due', '2020-01-01'],
    ['Title', 'x'.repeat(101)],
  ];
  for (const [label, text] of wrong) {
    const field = admin.sheet.getByLabel(label);
    const right = await field.inputValue();
    await field.fill(text);
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await field.fill(right);
    await expect(admin.sheet).toContainText('Nothing is changed yet.');
  }
  await admin.sheet.getByLabel('Due').fill('');
  await expect(admin.sheet.locator('.facts')).toContainText(/Milestone 0, due.* → none/);
  await admin.sign();
  await admin.done();
  expect(first(await scene.read()).due).toBe(0n);
});

test('the first of many milestones can be edited, and only the last are removed', async ({
  net,
  site,
  page,
  wallet,
}) => {
  const milestones = Array.from({ length: 60 }, (_, at) => milestone(`Part ${at}`, ONE));
  const scene = await Scene.of(net, 'ACT-many', { milestones });
  const admin = await someone(page, site, wallet, net.address.admin);
  await admin.open(`#/escrow/${scene.id}/manage_milestones`);
  const { sheet } = admin;
  const edit = (title: string) => sheet.getByRole('button', { name: `Edit ${title}`, exact: true });
  const titleOf = (number: number) =>
    sheet.getByRole('group', { name: `Milestone ${number}` }).getByLabel('Title');
  await expect(sheet).toContainText('60 milestones not funded. One call removes at most 50.');
  await expect(sheet).toContainText('0 to 49 of 60');
  await edit('Part 0').click();
  await titleOf(0).fill('Walls');
  await sheet.getByRole('button', { name: 'Later' }).click();
  await expect(edit('Part 1')).toBeHidden();
  await expect(titleOf(0)).toHaveValue('Walls');
  await edit('Part 58').click();
  await titleOf(58).fill('Roof');
  await sheet.getByLabel('Remove from the end').fill('51');
  await expect(sheet.getByLabel('Remove from the end')).toHaveAttribute('aria-invalid', 'true');
  await sheet.getByLabel('Remove from the end').fill('1');
  await expect(sheet.locator('.facts')).toContainText('59 Part 59, 1 USDC');
  await admin.sign();
  await admin.done();
  const left: EscrowState = await scene.read();
  expect(left.milestones.map(({ title }) => title)).toEqual([
    'Walls',
    ...milestones.slice(1, 58).map(({ title }) => title),
    'Roof',
  ]);
});

test('an escrow is read at once, however many of its milestones are settled', async ({
  net,
  site,
  page,
}) => {
  const milestones = Array.from({ length: 60 }, (_, at) => milestone(`Part ${at}`, ONE));
  const scene = await Scene.of(net, 'ACT-settled', { milestones });
  await scene.fund(59);
  await scene.do('provider', (state: EscrowState, provider: string) =>
    calls.refund(provider, state.milestones.slice(0, 50)),
  );
  await new Person(page, site).open(`#/escrow/${scene.id}`);
  await expect(page.getByRole('link', { name: 'Part 50', exact: true })).toBeVisible();
  expect(site.asked.filter((method) => method === 'getLedgerEntries')).toHaveLength(2);
});

test('a due date that no field can show is kept by an edit', async ({
  net,
  site,
  page,
  wallet,
}) => {
  const scene = await Scene.of(net, 'ACT-distant', await optionsOf(net, { due: 10n ** 12n }));
  const { due } = first(await scene.read());
  const admin = await someone(page, site, wallet, net.address.admin);
  await admin.open(`#/escrow/${scene.id}/manage_milestones`);
  await admin.sheet.getByRole('button', { name: 'Edit Late' }).click();
  await expect(admin.sheet.getByLabel('Due')).toHaveValue('');
  await admin.sheet.getByLabel('Title').fill('Later');
  await admin.sign();
  await admin.done();
  expect(first(await scene.read())).toMatchObject({ title: 'Later', due });
});

test('a vote that is not the last one says so', async ({ net, site, page, wallet }) => {
  const { approver, approver2 } = net.address;
  const scene = await Scene.of(net, 'ACT-vote', {
    roles: { approvers: [approver, approver2] },
    milestones: [milestone('Design', ONE, { approvals_required: 2 })],
  });
  await scene.fund(0);
  const person = await someone(page, site, wallet, approver);
  await person.open(`#/escrow/${scene.id}/0/approve`);
  await person.sign();
  await expect(person.sheet).toContainText('Your approval is counted, 1 of 2. Nothing was paid.');
  await person.done();
});

test('a payout that fails is told as what it is', async ({ net, site, page, wallet }) => {
  const receiver = Keypair.random().publicKey();
  const scene = await Scene.of(net, 'ACT-unpaid', {
    milestones: [milestone('Design', ONE, { receiver })],
  });
  await scene.fund(0);
  await scene.vote('approver', 'approve', 0);
  const signer = await someone(page, site, wallet, net.address.signer);
  await signer.open(`#/escrow/${scene.id}/0/release`);
  await signer.sign();
  await expect(signer.sheet).toContainText('but not everybody could be paid');
  await expect(signer.sheet).toContainText(
    'The receiver could not be paid: 1 USDC wait to be claimed.',
  );
  await signer.done();
  await expect(page.getByText('This milestone is settled, and that is final.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Claim' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Approve' })).toHaveCount(0);
});

test('late work of a batch is named', async ({ net, site, page, wallet }) => {
  const { milestones } = await optionsOf(net, { due: DAY });
  const scene = await Scene.of(net, 'ACT-late', {
    milestones: [milestone('Design', ONE), ...(milestones ?? [])],
  });
  await scene.fund(1);
  await net.advanceTime(2n * DAY);
  const provider = await someone(page, site, wallet, net.address.provider);
  await provider.open(`#/escrow/${scene.id}/0/change_status`);
  await expect(provider.sheet.getByLabel('Status')).toHaveValue('Completed');
  await provider.sheet.getByText('Together with others (1)').click();
  await provider.sheet.getByLabel(/1 Late/).check();
  await expect(provider.sheet.getByLabel('Status')).toHaveAccessibleDescription(
    /^Milestone 1 was due on \d+ \w+ 20/,
  );
});
