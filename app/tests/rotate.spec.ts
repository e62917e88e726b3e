import { Scene } from '../client/test/scenes.mjs';
import { expect, someone, test } from './support/test.ts';

test('a seat is handed over with both signatures', async ({ net, site, page, wallet }) => {
  const { approver, approver2 } = net.address;
  const scene = await Scene.of(net, 'ROTATE-1');
  const person = await someone(page, site, wallet, approver);
  await person.open(`#/escrow/${scene.id}/rotate`);
  await person.sheet.getByLabel('Seat').selectOption({ label: 'Approver, you' });
  await person.sheet.getByLabel('Goes to').fill(approver2);
  await person.sheet
    .getByRole('button', { name: /^Hand over a seat: make a link for / })
    .click();
  await expect(person.sheet).toContainText('Somebody else has to sign first');

  const link = await person.sheet
    .getByRole('link', { name: 'Open the link here' })
    .getAttribute('href');

  wallet.choose(approver2);
  await page.goto(link ?? '');
  await page.reload();
  await expect(
    page.getByText('ServiceProvider').or(page.getByText('Approver')).first(),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Sign my part' }).click();
  const back = await page.getByRole('link', { name: 'Open the link here' }).getAttribute('href');

  wallet.choose(approver);
  await page.goto(back ?? '');
  await page.reload();
  await page.getByRole('button', { name: 'Sign and send' }).click();
  await expect(page.getByText('It stands on the chain')).toBeVisible();
  const { escrow } = await scene.read();
  expect(escrow.terms.roles.approvers).toEqual([approver2]);
});
