import { fileURLToPath } from 'node:url';
import { escrowAddress, readEscrow } from 'tranche-client';
import { start } from '../client/test/localnet.mjs';
import { Site } from './support/site.ts';
import { expect, fillOrder, Person, someone, test } from './support/test.ts';

const BUILT = new URL('../../target/wasm32v1-none/release/escrow.wasm', import.meta.url);

test('an escrow is created from its basics to its review', async ({ net, site, page, wallet }) => {
  const { admin, payer, platform, approver, provider, signer, resolver, receiver } = net.address;
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
  await page.getByRole('button', { name: 'Continue' }).click();

  const walls = page.getByRole('group', { name: 'Milestone 0' });
  await walls.getByLabel('Title').fill('Walls');
  await walls.getByLabel('Amount').fill('1000.0000001');
  await walls.getByLabel('Receiver').fill(receiver);
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
  await page.getByRole('button', { name: /Create: sign/ }).click();
  await expect(page.getByText('The escrow stands.')).toBeVisible();
  await page.getByRole('link', { name: 'Go to the escrow' }).click();
  await expect(page.getByRole('heading', { name: 'A house on the hill' })).toBeVisible();
  const state = await readEscrow(net.network, id);
  expect(state.escrow.totals.amount).toBe(15_005_000_001n);
  expect(state.milestones[0]?.receiver).toBe(receiver);
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
    await file.setInputFiles(process.env['ESCROW_WASM'] ?? fileURLToPath(BUILT));
    await page.getByRole('button', { name: /Create: sign/ }).click();
    await expect(page.getByText('The escrow stands.')).toBeVisible();
  } finally {
    site.stop();
  }
});
