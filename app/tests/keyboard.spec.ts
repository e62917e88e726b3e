import { Scene } from '../client/test/scenes.mjs';
import { expect, someone, test } from './support/test.ts';

test('a payment is released without a mouse', async ({ net, site, page, wallet }) => {
  const scene = await Scene.of(net, 'KEYS-ONLY');
  await scene.fund(1);
  await scene.vote('approver', 'approve', 0);
  const signer = await someone(page, site, wallet, net.address.signer);
  await signer.open(`#/escrow/${scene.id}`);
  const action = page
    .getByRole('region', { name: 'Waiting for you' })
    .getByRole('link', { name: 'Release payment' });
  await expect(action).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.keyboard.press('Enter');
  for (
    let tabs = 0;
    tabs < 12 && !(await action.evaluate((link) => link === document.activeElement));
    tabs++
  ) {
    await page.keyboard.press('Tab');
  }
  await expect(action).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(signer.sheet).toContainText('The network takes at most');
  await page.keyboard.press('Escape');
  await expect(signer.sheet).toBeHidden();

  await signer.open(`#/escrow/${scene.id}/0/release`);
  await expect(signer.sheet).toContainText('The network takes at most');
  const sign = signer.sheet.getByRole('button', { name: /: sign/ });
  for (
    let tabs = 0;
    tabs < 12 && !(await sign.evaluate((button) => button === document.activeElement));
    tabs++
  ) {
    await page.keyboard.press('Tab');
    const inside = await signer.sheet.evaluate(
      (sheet) => sheet.contains(document.activeElement) || document.activeElement === document.body,
    );
    expect(inside).toBe(true);
  }
  await page.keyboard.press('Enter');
  await expect(signer.sheet).toContainText('It stands on the chain');
});
