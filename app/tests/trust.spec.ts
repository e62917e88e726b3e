import { calls } from 'tranche-client';
import { handOver, prepareDeploy } from 'tranche-client';
import { Scene } from '../client/test/scenes.mjs';
import { milestone, ONE } from '../client/test/localnet.mjs';
import { lookAlike } from './support/look-alike.ts';
import { expect, Person, someone, test } from './support/test.ts';
import { hostileToken, imitation } from './support/tokens.ts';

test('a contract of unknown code is not shown as an escrow, and is warned of', async ({
  net,
  site,
  page,
  wallet,
}) => {
  const id = await lookAlike(net, 'LOOK-ALIKE');
  const payer = await someone(page, site, wallet, net.address.payer);
  await payer.open(`#/escrow/${id}`);
  await expect(page.getByRole('alert')).toContainText('code that this page does not know');
  await expect(page.getByRole('heading', { name: 'Money' })).toBeVisible();
  for (const name of ['Waiting for you', 'Funding']) {
    await expect(page.getByRole('heading', { name })).toHaveCount(0);
  }
  await payer.open('#/');
  const apart = page.getByRole('region', { name: 'Not shown as escrows' });
  await expect(page.getByRole('row', { name: /LOOK-ALIKE/ })).toBeHidden();
  await apart.getByText(/names? you, and/).click();
  const notice = apart.locator('.notice').filter({ has: page.getByTitle(id) });
  await expect(notice).toContainText('It may be a look-alike');
  await notice.getByRole('button', { name: 'Forget it' }).click();
  await expect(notice).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('navigation', { name: 'My role' })).toBeVisible();
  await expect(notice).toHaveCount(0);
});

test('nothing of a contract of unknown code can be signed, from whatever link', async ({
  net,
  site,
  page,
  wallet,
}) => {
  const id = await lookAlike(net, 'LOOK-ALIKE-2');
  const nobody = new Person(page, site);
  await nobody.open(`#/escrow/${id}/fund`);
  const { sheet } = nobody;
  await expect(sheet.getByRole('alert')).toContainText('code that this page does not know');
  await expect(sheet.getByRole('button', { name: 'Connect' })).toHaveCount(0);
  await someone(page, site, wallet, net.address.payer);
  await page.reload();
  await expect(page.getByRole('banner').getByRole('button', { name: 'Connect' })).toHaveCount(0);
  for (const action of ['fund', 'withdraw', '0/dispute', 'rotate']) {
    await nobody.open(`#/escrow/${id}/${action}`);
    await expect(sheet.getByRole('alert')).toContainText('Nothing of it can be signed here');
    await expect(sheet.getByRole('button')).toHaveAccessibleName('Close');
  }
  expect(wallet.asked).toEqual([]);
});

test('what a contract of unknown code tells is no receipt', async ({ net, site, page }) => {
  const id = await lookAlike(net, 'LOOK-ALIKE-3');
  await net.call(net.address.payer, id, calls.fund(await net.read(id), 0));
  const person = new Person(page, site);
  await person.open(`#/escrow/${id}/receipts`);
  await expect(page.getByRole('cell', { name: 'Funding' })).toBeVisible();
  await expect(page.getByText('can tell of payments that never were')).toBeVisible();
  for (const name of ['CSV', 'Print']) {
    await expect(page.getByRole('button', { name })).toHaveCount(0);
  }
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('alert')).toContainText('what it says may be false');
});

test('a token that nothing can be shown in takes no other escrow with it', async ({
  net,
  site,
  page,
  wallet,
}) => {
  const { stranger } = net.address;
  const roles = { observers: [stranger] };
  await Scene.of(net, 'GOOD-TOKEN', { roles });
  await Scene.of(net, 'BAD-TOKEN', { roles, terms: { token: await hostileToken(net) } });
  const person = await someone(page, site, wallet, stranger);
  await person.open('#/');
  await expect(page.getByRole('row', { name: /GOOD-TOKEN/ })).toContainText('1,537.5 USDC');
  await expect(page.getByRole('row', { name: /BAD-TOKEN/ })).toContainText(' units (C');
});

test('a token that only calls itself USDC is shown with its issuer, and warned of', async ({
  net,
  site,
  page,
  wallet,
}) => {
  const { payer, receiver: issuer } = net.address;
  const token = await imitation(net, issuer);
  const scene = await Scene.of(net, 'IMITATION', { terms: { token } });
  const person = await someone(page, site, wallet, payer);
  const marked = `1,537.5 USDC (${issuer.slice(0, 4)}…${issuer.slice(-4)})`;
  await person.open('#/');
  await expect(page.getByRole('row', { name: /IMITATION/ })).toContainText(marked);
  await person.open(`#/escrow/${scene.id}`);
  await expect(page.getByRole('alert')).toContainText('is not the USDC that this page knows');
  await expect(page.getByRole('alert')).toContainText(issuer);
  await expect(page.getByRole('region', { name: 'Money' })).toContainText(marked);
  await person.open(`#/escrow/${scene.id}/fund`);
  await expect(person.sheet).toContainText(marked);
  await expect(person.sheet).toContainText(token);
  await expect(person.sheet).toContainText(`USDC:${issuer}`);
  const warning = person.sheet.getByText('is not the USDC that this page knows');
  await expect(warning).toBeVisible();
  await expect(person.sheet.getByRole('button', { name: /: sign/ })).toHaveAccessibleDescription(
    /, as said above/,
  );
  await person.open(`#/escrow/${scene.id}/rotate`);
  await person.sheet.getByLabel('Goes to').fill(net.address.stranger);
  await expect(person.sheet).toContainText('The network takes at most');
  await expect(warning).toHaveCount(0);
  await person.open(`#/escrow/${scene.id}/receipts`);
  await expect(page.getByRole('alert')).toContainText('is not the USDC that this page knows');
  const creation = await prepareDeploy(
    net.network,
    payer,
    net.draft('IMITATION-2', { terms: { token } }),
  );
  await person.open(`#/sign/${encodeURIComponent(handOver(creation))}`);
  await expect(page.getByRole('alert')).toContainText('is not the USDC that this page knows');
});

test('who is only named as payer is told so, and not to fund', async ({
  net,
  site,
  page,
  wallet,
}) => {
  const scene = await Scene.of(net, 'NAMED-1');
  const payer = await someone(page, site, wallet, net.address.payer);
  await payer.open('#/');
  const row = page.getByRole('row', { name: /NAMED-1/ });
  await expect(row).toContainText('Somebody names you as payer');
  await scene.fund(0);
  await page.reload();
  await expect(row.getByRole('link', { name: 'Fund' })).toBeVisible();
});

test('texts of others hide nothing, and leave what stands beside them in its place', async ({
  net,
  site,
  page,
}) => {
  const scene = await Scene.of(net, 'HIDE\u200b-1', {
    terms: { title: '\u05d1\u05d9\u05ea\u061c' },
    milestones: [milestone('Roof \u{1f468}\u200d\u{1f469}', ONE), milestone('W\u00adalls', ONE)],
  });
  const person = new Person(page, site);
  await person.open(`#/escrow/${scene.id}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    '\u2068\u05d1\u05d9\u05ea\ufffd\u2069',
  );
  await expect(page.getByRole('main')).toContainText('HIDE\ufffd-1');
  await expect(page.getByRole('main')).toContainText('Roof \u{1f468}\u200d\u{1f469}');
  await expect(page.getByRole('main')).toContainText('W\ufffdalls');
});
