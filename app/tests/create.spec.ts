import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import {
  buyerConfirms,
  escrowAddress,
  PRESETS,
  prepareDeploy,
  readEscrow,
  type Draft,
} from 'tranche-client';
import { milestone, ONE, start } from '../client/test/localnet.mjs';
import { asksToRestoreFirst } from './support/restore.ts';
import { Site } from './support/site.ts';
import { expect, fillOrder, Person, someone, test, type Net } from './support/test.ts';

const BUILT = new URL('../../target/wasm32v1-none/release/escrow.wasm', import.meta.url);

test('an escrow is created from its basics to its review', async ({ net, site, page, wallet }) => {
  const { admin, payer, platform, approver, provider, signer, resolver, receiver, stranger } =
    net.address;
  const person = await someone(page, site, wallet, admin);
  await person.open('#/create');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByLabel('Engagement id')).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('Engagement id').fill('CREATED-1');
  await page.getByLabel('Title').fill('A house on the hill');
  await page.getByRole('button', { name: 'USDC' }).click();
  await page.getByLabel('Platform fee').fill('2.5');
  await page.getByRole('button', { name: 'Continue' }).click();

  await page.getByLabel('Payer').fill(payer);
  await page.getByLabel('Platform', { exact: true }).fill(platform);
  await page.getByLabel('Approvers, 1', { exact: true }).fill(approver);
  await page.getByLabel('Service providers, 1', { exact: true }).fill(provider);
  await page.getByLabel('Release signers, 1', { exact: true }).fill(signer);
  await page.getByLabel('Dispute resolvers, 1', { exact: true }).fill(payer);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(
    page.getByLabel('Dispute resolvers, 1', { exact: true }),
  ).toHaveAccessibleDescription(/resolver/);
  await page.getByLabel('Dispute resolvers, 1', { exact: true }).fill(resolver);
  const observers = page.getByRole('group', { name: 'Observers' });
  await observers.getByRole('button', { name: 'Add' }).click();
  await observers.getByLabel('Observers, 1', { exact: true }).fill(stranger);
  await page.getByRole('button', { name: 'Continue' }).click();

  const walls = page.getByRole('group', { name: 'Milestone 0' });
  await walls.getByLabel('Title').fill('Walls');
  await walls.getByLabel('Amount').fill('1000.0000001');
  await walls.getByLabel('Receiver').fill(receiver);
  await walls.getByLabel('Description').fill('Of stone.');
  const work = { name: 'work.txt', mimeType: 'text/plain', buffer: Buffer.from('Four walls.') };
  await walls.getByLabel(/Reckon it/).setInputFiles(work);
  const document = createHash('sha256').update(work.buffer).digest();
  await expect(walls.getByLabel('Document')).toHaveValue(document.toString('hex'));
  const roof = page.getByRole('group', { name: 'Milestone 1' });
  await roof.getByLabel('Title').fill('Roof');
  await roof.getByLabel('Amount').fill('500,50');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(roof.getByLabel('Amount')).toHaveAttribute('aria-invalid', 'true');
  await page.reload();
  await page.getByRole('button', { name: /Milestones/ }).click();
  await expect(walls.getByLabel('Title')).toHaveValue('Walls');
  await roof.getByLabel('Amount').fill('500.50');
  await expect(page.getByText('1,500.5000001 USDC')).toBeVisible();
  await page.getByRole('button', { name: 'Continue' }).click();

  const id = escrowAddress(net.network.passphrase, admin, 'CREATED-1');
  await expect(page.getByText(id)).toBeVisible();
  await expect(page.getByRole('row', { name: /Walls/ })).toContainText('1 of 1');
  for (const said of [stranger, receiver, net.token, 'Localnet', 'Of stone.', document.toString('hex')]) {
    await expect(page.getByRole('main')).toContainText(said);
  }
  await page.getByRole('button', { name: /Create: sign/ }).click();
  await expect(page.getByText('The escrow stands.')).toBeVisible();
  await page.getByRole('link', { name: 'Go to the escrow' }).click();
  await expect(page.getByRole('heading', { name: 'A house on the hill' })).toBeVisible();
  const state = await readEscrow(net.network, id);
  expect(state.escrow.totals.amount).toBe(15_005_000_001n);
  expect(state.milestones[0]?.receiver).toBe(receiver);
  expect(state.milestones[0]?.document).toEqual(new Uint8Array(document));
  expect(state.escrow.terms.roles.observers).toEqual([stranger]);
});

test('terms that can get stuck are warned of, and receivers that cannot be paid', async ({
  net,
  site,
  page,
  wallet,
}) => {
  const { payer, platform } = net.address;
  const unknown = 'GAIH3ULLFQ4DGSECF2AR555KZ4KNDGEKN4AFI4SU2M7B43MGK3QJZNSR';
  const person = await someone(page, site, wallet, payer);
  await person.open('#/create');
  await fillOrder(page, 'WARNED-1', payer, unknown, platform);
  await expect(page.getByText('Money can get stuck under these terms')).toBeVisible();
  await expect(page.getByText('A receiver cannot be paid as things stand')).toBeVisible();
});

test('on a network without the contract’s code, it is uploaded from its file first', async ({
  page,
}) => {
  const bare = await start();
  const site = await Site.start(bare.network.rpcUrl);
  try {
    const { payer, provider, platform } = bare.address;
    await page.addInitScript(() => localStorage.setItem('tranche.wallet', '"payer"'));
    const person = new Person(page, site);
    await person.open('#/create');
    await page.getByRole('button', { name: /Buyer confirms/ }).click();
    await page.getByLabel('Engagement id').fill('FIRST-1');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByLabel('Buyer').fill(payer);
    await page.getByLabel('Seller').fill('provider');
    await expect(page.getByLabel('Seller')).toHaveValue(provider);
    await page.getByLabel('Platform', { exact: true }).fill(platform);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Remove milestone 1' }).click();
    await page.getByLabel('Amount').fill('40');
    await page.getByRole('button', { name: 'Continue' }).click();
    const file = page.getByLabel(/Choose escrow.wasm/);
    await file.setInputFiles({ name: 'escrow.wasm', mimeType: '', buffer: Buffer.from('other') });
    await expect(page.getByRole('alert')).toContainText('nothing was sent');
    await expect(file).toHaveValue('');
    site.fault = (body) => (body.includes('getTransaction') ? 'gone' : 'pass');
    await file.setInputFiles(process.env['ESCROW_WASM'] ?? fileURLToPath(BUILT));
    await expect(page.getByText('Waiting for a ledger to take it')).toBeVisible();
    await page.getByRole('button', { name: 'Stop waiting' }).click();
    await expect(page.getByRole('alert')).toContainText('not known what became of it');
    await expect(file).toHaveCount(0);
    site.fault = undefined;
    await page.getByRole('button', { name: 'Look for it again' }).click();
    await page.getByRole('button', { name: /Create: sign/ }).click();
    await expect(page.getByText('The escrow stands.')).toBeVisible();
  } finally {
    site.stop();
  }
});

/** What `fillOrder` comes to, as far as its first part. */
function begun(net: Net, engagement_id: string): Draft {
  const { payer, provider, platform } = net.address;
  const draft = net.draft(engagement_id, {
    terms: { title: '', description: '', platform_fee_bps: 100 },
    roles: buyerConfirms(payer, provider, platform),
    policy: PRESETS['buyer confirms'],
  });
  return { ...draft, milestones: [milestone('Part 0', 40n * ONE)] };
}

test('a creation that was broken off goes on, and brings back first what is archived', async ({
  net,
  site,
  page,
  wallet,
}) => {
  const { payer, provider, platform } = net.address;
  const { id, ...prepared } = await prepareDeploy(net.network, payer, begun(net, 'RESUMED-1'));
  await net.land(prepared);
  const person = await someone(page, site, wallet, payer);
  await person.open('#/create');
  await fillOrder(page, 'RESUMED-1', payer, provider, platform);
  await asksToRestoreFirst(page);
  await page.getByRole('button', { name: /Create: sign/ }).click();
  await expect(page.getByText('The escrow stands.')).toBeVisible();
  expect(wallet.asked.length).toBe(2);
  const { milestones } = await readEscrow(net.network, id);
  expect(milestones.map(({ title }) => title)).toEqual(['Part 0', 'Part 1']);
});

test('a creation that was lost is looked for again, and goes on from what is found', async ({
  net,
  site,
  page,
  wallet,
}) => {
  const { payer, provider, platform } = net.address;
  const person = await someone(page, site, wallet, payer);
  await person.open('#/create');
  await fillOrder(page, 'LOST-1', payer, provider, platform);
  await expect(page.getByText('The network takes at most')).toBeVisible();
  site.fault = (body) => (body.includes('getTransaction') ? 'gone' : 'pass');
  await page.getByRole('button', { name: /Create: sign/ }).click();
  await expect(page.getByText('Waiting for a ledger to take it')).toBeVisible();
  await page.getByRole('button', { name: 'Stop waiting' }).click();
  await expect(page.getByRole('alert')).toContainText('not known what became of it');
  await expect(page.getByRole('button', { name: /Create: sign/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Look for it again' }).click();
  await page.getByRole('button', { name: 'Stop waiting' }).click();
  site.fault = undefined;
  await page.getByRole('button', { name: 'Look for it again' }).click();
  await expect(page.getByText('The escrow stands.')).toBeVisible();
  expect(wallet.asked.length).toBe(1);
});

test('who leaves while a creation lands hears of it at the page’s foot', async ({
  net,
  site,
  page,
  wallet,
}) => {
  const { payer, provider, platform } = net.address;
  const person = await someone(page, site, wallet, payer);
  await person.open('#/create');
  await fillOrder(page, 'LOST-2', payer, provider, platform);
  site.fault = (body) => (body.includes('getTransaction') ? 'gone' : 'pass');
  await page.getByRole('button', { name: /Create: sign/ }).click();
  await expect(page.getByText('Waiting for a ledger to take it')).toBeVisible();
  await page.getByRole('link', { name: 'Network' }).first().click();
  site.fault = undefined;
  await expect(page.getByRole('status').filter({ hasText: 'The escrow stands.' })).toBeVisible();
});

test('a draft is erased only after it was asked whether it may be', async ({
  net,
  site,
  page,
  wallet,
}) => {
  const person = await someone(page, site, wallet, net.address.payer);
  await person.open('#/create');
  const startOver = page.getByRole('button', { name: 'Start over' });
  await page.getByRole('button', { name: /Buyer confirms/ }).click();
  await startOver.click();
  await expect(page.getByRole('button', { name: /With arbitration/ })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await page.getByLabel('Title').fill('A house');
  await startOver.click();
  await expect(page.getByRole('alert')).toHaveText('Erase what you wrote?');
  await expect(page.getByRole('button', { name: 'Keep it' })).toBeFocused();
  await page.getByRole('button', { name: 'Keep it' }).click();
  await expect(page.getByLabel('Title')).toHaveValue('A house');
  await startOver.click();
  await page.getByRole('button', { name: 'Erase' }).click();
  await expect(page.getByLabel('Title')).toHaveValue('');
  await expect(startOver).toBeVisible();
});

test('a creation does not go on with an escrow of other terms', async ({
  net,
  site,
  page,
  wallet,
}) => {
  const { payer, provider, platform, receiver } = net.address;
  const { terms, milestones } = begun(net, 'RESUMED-2');
  const other = {
    terms: { ...terms, document: new Uint8Array(32), platform_fee_bps: 200 },
    milestones: milestones.map((one) => ({ ...one, receiver, description: 'Of stone.' })),
  };
  const { id, ...prepared } = await prepareDeploy(net.network, payer, other);
  await net.land(prepared);
  const person = await someone(page, site, wallet, payer);
  await person.open('#/create');
  await fillOrder(page, 'RESUMED-2', payer, provider, platform);
  await page.getByRole('button', { name: /Create: sign/ }).click();
  await expect(page.getByRole('alert')).toContainText(
    'differs in this: document; platform fee bps; milestone 0, description; milestone 0, receiver.',
  );
  await expect(page.getByRole('link', { name: 'Look at that escrow' })).toHaveAttribute(
    'href',
    `#/escrow/${id}`,
  );
  expect(wallet.asked).toEqual([]);
});

test('while it is created one stays, and who leaves creates nothing', async ({
  net,
  site,
  page,
  wallet,
}) => {
  const { payer, provider, platform } = net.address;
  const person = await someone(page, site, wallet, payer);
  await person.open('#/create');
  await fillOrder(page, 'LEFT-1', payer, provider, platform);
  wallet.decision = 'wait';
  await page.getByRole('button', { name: /Create: sign/ }).click();
  await expect(page.getByText('Waiting for your wallet')).toBeVisible();
  for (const name of ['Back', 'Start over']) {
    await expect(page.getByRole('button', { name })).toHaveAttribute('aria-disabled', 'true');
  }
  await expect(page.getByRole('button', { name: /Basics/ })).toBeDisabled();
  await page.getByRole('link', { name: 'Escrows' }).first().click();
  await expect(page.getByRole('heading', { name: 'Create an escrow' })).toBeHidden();
  wallet.proceed();
  await page.waitForTimeout(1_000);
  const id = escrowAddress(net.network.passphrase, payer, 'LEFT-1');
  await expect(readEscrow(net.network, id)).rejects.toThrow('There is no contract');
  await person.open('#/create');
  await page.getByRole('button', { name: /Basics/ }).click();
  await expect(page.getByLabel('Engagement id')).toHaveValue('LEFT-1');
});

test('what could not be read is asked for again', async ({ net, site, page, wallet }) => {
  const { payer, provider, platform } = net.address;
  const person = await someone(page, site, wallet, payer);
  await person.open('#/create');
  await fillOrder(page, 'AGAIN-1', payer, provider, platform);
  await page.reload();
  site.fault = (body) => (body.includes('getLedgerEntries') ? 'gone' : 'pass');
  await page.reload();
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  await page.getByRole('button', { name: /Review/ }).click();
  site.fault = undefined;
  await page.getByRole('main').getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('button', { name: /Create: sign/ })).toBeVisible();
  await page.getByRole('button', { name: 'Back' }).click();
  site.fault = (body) => (body.includes('getLedgerEntries') ? 'gone' : 'pass');
  await page.getByRole('button', { name: /Review/ }).click();
  await expect(page.getByRole('main').getByRole('button', { name: 'Try again' })).toBeVisible();
  site.fault = undefined;
  await page.getByRole('main').getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('button', { name: /Create: sign/ })).toBeVisible();
});

for (const [what, stored] of [
  ['of another shape', { preset: 'toString', lists: 7, milestones: [{}, 3], fee: 5 }],
  ['of another version', { preset: 'buyer confirms', lists: { approvers: 'me' }, milestones: [] }],
] as const) {
  test(`a draft ${what} leaves a form to write in`, async ({ net, site, page, wallet }) => {
    const person = await someone(page, site, wallet, net.address.payer);
    await page.addInitScript((draft) => localStorage.setItem('tranche.draft', draft), JSON.stringify(stored));
    await person.open('#/create');
    for (const step of ['Roles', 'Milestones', 'Review', 'Basics']) {
      await page.getByRole('button', { name: new RegExp(step) }).click();
    }
    await expect(page.getByLabel('Engagement id')).toHaveValue('');
    await expect(page.getByRole('button', { name: 'Start over' })).toBeVisible();
  });
}

test('an address of a server that is none is forgotten', async ({ site, page }) => {
  await page.addInitScript(() => localStorage.setItem('tranche.rpc', '"nowhere"'));
  await new Person(page, site).open('#/network');
  await expect(page.getByText('Localnet').first()).toBeVisible();
});
