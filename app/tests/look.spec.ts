import { Keypair } from '@stellar/stellar-sdk';
import { calls, type EscrowState } from 'tranche-client';
import { Scene } from '../client/test/scenes.mjs';
import { milestone, ONE } from '../client/test/localnet.mjs';
import { expect, Person, someone, test } from './support/test.ts';

test('anybody looks at an escrow without a wallet', async ({ net, site, page }) => {
  const scene = await Scene.of(net, 'LOOK-1');
  await scene.fund(0);
  await scene.report(0, 'Completed');
  const person = new Person(page, site);
  await person.open(`#/escrow/${scene.id}`);
  await expect(page.getByRole('heading', { name: 'A website' })).toBeVisible();
  const money = page.getByRole('region', { name: 'Money' });
  await expect(money).toContainText('1,537.5 USDC');
  await expect(money).toContainText('1,025 USDC');
  await expect(money).toContainText('512.5 USDC');
  await expect(page.getByRole('region', { name: 'Funding' }).getByRole('img')).toBeVisible();
  const row = page.getByRole('row', { name: /Design/ });
  await expect(row).toContainText('Waits for approval, 0 of 1.');
  await expect(row).toContainText(/in 6 d 23 h/);
  await expect(page.getByRole('region', { name: 'History' })).toContainText('Paid in 1,025 USDC');
  await row.getByRole('link', { name: 'Design', exact: true }).click();
  await expect(page.getByRole('region', { name: 'If nobody acts' })).toContainText(
    'Anybody may release',
  );
  await page.goBack();
  await page.getByRole('link', { name: 'Receipts' }).click();
  await expect(page.getByRole('table')).toContainText('Funding');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'CSV' }).click();
  expect((await download).suggestedFilename()).toBe(`receipts-${scene.id}.csv`);
});

test('a thousand milestones are read a page at a time, from the first that is not settled', async ({
  net,
  site,
  page,
  wallet,
}) => {
  const many = Array.from({ length: 120 }, (_, i) => milestone(`Part ${i}`, ONE));
  const scene = await Scene.of(net, 'MANY-1', { milestones: many });
  const person = await someone(page, site, wallet, net.address.signer);
  await person.open(`#/escrow/${scene.id}`);
  await expect(page.getByText('0 to 49 of 120')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Waiting for you' })).toContainText(
    '70 milestones more are not settled and on other pages',
  );
  await scene.fund(119);
  for (const at of [0, 25]) {
    await scene.do('provider', ({ milestones }: EscrowState, receiver: string) =>
      calls.refund(receiver, milestones.slice(at, at + 25)),
    );
  }
  await page.reload();
  await expect(page.getByText('50 to 99 of 120')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Waiting for you' })).toContainText(
    '20 milestones more',
  );
  await page.getByRole('button', { name: 'Earlier' }).click();
  await expect(page.getByText('0 to 49 of 120')).toBeVisible();
  await page.getByRole('button', { name: 'Later' }).click();
  await expect(page.getByRole('link', { name: 'Part 50', exact: true })).toBeVisible();
  await person.open(`#/escrow/${scene.id}/119`);
  await expect(page.getByRole('heading', { name: 'Part 119' })).toBeVisible();
});

test('the list shows what waits for me first, and is narrowed', async ({
  net,
  site,
  page,
  wallet,
}) => {
  const quiet = await Scene.of(net, 'LIST-QUIET', { terms: { title: 'A quiet one' } });
  const busy = await Scene.of(net, 'LIST-BUSY', { terms: { title: 'Zebra, waiting' } });
  await busy.fund(1);
  await busy.report(0, 'Completed');
  const approver = await someone(page, site, wallet, net.address.approver);
  await approver.open('#/escrows/approver');
  const rows = page.getByRole('region', { name: 'Escrows' }).getByRole('row');
  await expect(page.getByRole('row', { name: /Zebra/ })).toContainText('Approve: Design');
  await page.getByLabel('Search').fill('list-');
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(1)).toContainText('Zebra');
  await page.getByLabel('Order').selectOption('title');
  await expect(rows.nth(1)).toContainText('A quiet one');
  await page.getByLabel('State').selectOption('AwaitingFunds');
  await expect(rows).toHaveCount(2);
  await page.getByLabel('Search').fill(quiet.id);
  await expect(rows).toHaveCount(2);
});

test('an escrow is added by its address, or by deployer and engagement id', async ({
  net,
  site,
  page,
}) => {
  const scene = await Scene.of(net, 'ADDED-1');
  const person = new Person(page, site);
  await person.open('#/');
  await page.getByRole('button', { name: 'Add one' }).click();
  await page.getByLabel('Or by who deployed it').fill(net.address.admin);
  await page.getByLabel('and its engagement id').fill('ADDED-1');
  await page.getByRole('button', { name: 'Look at it' }).last().click();
  await expect(page).toHaveURL(new RegExp(scene.id));
  await expect(page.getByRole('heading', { name: 'A website' })).toBeVisible();
  await page.getByRole('link', { name: 'Escrows' }).first().click();
  await expect(page.getByRole('row', { name: /ADDED-1/ })).toBeVisible();
});

test('the page talks to nobody but its server', async ({ net, site, page }) => {
  const scene = await Scene.of(net, 'ALONE-1');
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(site.url)) elsewhere.push(request.url());
  });
  const person = new Person(page, site);
  await person.open(`#/escrow/${scene.id}`);
  await expect(page.getByRole('heading', { name: 'A website' })).toBeVisible();
  expect(elsewhere).toEqual([]);
  const blocked = await page.evaluate(() =>
    fetch('http://127.0.0.1:9/').then(
      () => false,
      () => true,
    ),
  );
  expect(blocked).toBe(true);
});

test('test keys play every role on localnet', async ({ net, site, page }) => {
  const scene = await Scene.of(net, 'KEYS-1');
  const person = new Person(page, site);
  await person.open(`#/escrow/${scene.id}`);
  await page.getByRole('banner').getByRole('button', { name: 'Connect' }).click();
  await expect(person.sheet).toContainText('localnet only');
  await person.sheet.getByRole('button', { name: /^payer/ }).click();
  await expect(page.getByRole('banner')).toContainText('test key');
  await page
    .getByRole('region', { name: 'Waiting for you' })
    .getByRole('link', { name: 'Fund' })
    .click();
  await expect(person.sheet).toContainText('1,537.5 USDC');
  await person.sign();
  await person.done();
  await expect(page.getByText('2 funded')).toBeVisible();
});

test('a claim is the turn of whom something is owed, and of nobody else', async ({
  net,
  site,
  page,
  wallet,
}) => {
  const receiver = Keypair.random().publicKey();
  const milestones = [milestone('Unpayable', ONE, { receiver })];
  const scene = await Scene.of(net, 'OWED-1', { milestones });
  await scene.fund(0);
  await scene.vote('approver', 'approve', 0);
  await scene.vote('signer', 'release', 0);
  const payer = await someone(page, site, wallet, net.address.payer);
  await payer.open(`#/escrow/${scene.id}`);
  await expect(page.getByRole('row', { name: /Unpayable/ })).toContainText('wait to be claimed');
  await expect(page.getByRole('banner').getByRole('button', { name: 'Connect' })).toBeHidden();
  await expect(page.getByRole('region', { name: 'Waiting for you' })).toBeHidden();
});

test('a list that could not be read is read again, by a button and with the next ledger', async ({
  net,
  site,
  page,
  wallet,
}) => {
  await Scene.of(net, 'AGAIN-1');
  site.fault = (body) => (body.includes('getLedgerEntries') ? 'gone' : 'pass');
  const person = await someone(page, site, wallet, net.address.admin);
  await person.open('#/');
  const row = page.getByRole('row', { name: /AGAIN-1/ });
  const again = page.getByRole('button', { name: 'Try again' });
  await expect(again).toBeVisible();
  site.fault = undefined;
  await again.click();
  await expect(row).toBeVisible();

  site.fault = (body) => (body.includes('getLedgerEntries') ? 'gone' : 'pass');
  await page.reload();
  await expect(again).toBeVisible();
  site.fault = undefined;
  await net.advanceLedgers(1);
  await expect(row).toBeVisible();
  await expect(again).toBeHidden();
});

test('receipts that are printed from the dark theme are dark on white', async ({
  net,
  site,
  page,
}) => {
  const scene = await Scene.of(net, 'PRINT-1');
  const person = new Person(page, site);
  await page.addInitScript(() => localStorage.setItem('tranche.theme', '"dark"'));
  await person.open(`#/escrow/${scene.id}/receipts`);
  await expect(page.getByRole('heading', { name: 'Receipts' })).toBeVisible();
  const ink = () => page.evaluate(() => getComputedStyle(document.body).color);
  expect(await ink()).toBe('rgb(234, 240, 236)');
  await page.emulateMedia({ media: 'print' });
  expect(await ink()).toBe('rgb(22, 32, 28)');
});

test('a screen that cannot be drawn leaves the way to the others', async ({ net, site, page }) => {
  const scene = await Scene.of(net, 'BROKEN-1');
  const person = new Person(page, site);
  await page.addInitScript(() => {
    Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', {
      get() {
        throw new Error('no dates here');
      },
    });
  });
  await person.open(`#/escrow/${scene.id}/receipts`);
  await expect(page.getByRole('heading', { name: 'Receipts' })).toBeVisible();
  await scene.fund(0);
  await page.reload();
  await expect(page.getByRole('alert')).toContainText('Whatever was sent before goes on');
  await page.getByRole('link', { name: 'Go to your escrows' }).click();
  await expect(page.getByRole('heading', { name: 'Escrows' })).toBeVisible();
});
