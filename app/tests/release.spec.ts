import { TransactionBuilder } from '@stellar/stellar-sdk';
import { Scene } from '../client/test/scenes.mjs';
import { expect, someone, test } from './support/test.ts';

test('a release signer pays approved work, step by step', async ({ net, site, page, wallet }) => {
  const scene = await Scene.of(net, 'RELEASE-1');
  await scene.fund(1);
  await scene.report(0, 'Completed');
  await scene.vote('approver', 'approve', 0);

  const signer = await someone(page, site, wallet, net.address.signer);
  await signer.open('#/');
  await page.getByRole('link', { name: /Release signer/ }).click();
  await expect(page).toHaveURL(/release_signer/);
  const row = page.getByRole('row', { name: /RELEASE-1/ });
  await expect(row).toContainText('Release payment: Design');
  await row.getByRole('link', { name: 'Release payment: Design' }).click();

  const steps = page.getByRole('region', { name: 'Progress' });
  await expect(steps).toContainText('Completed, done');
  await expect(steps).toContainText('Approved, done');
  await page.getByRole('link', { name: 'Release payment' }).click();

  await expect(signer.sheet).toContainText(scene.id);
  await expect(signer.sheet).toContainText('0 Design');
  await expect(signer.sheet).toContainText('1,000 USDC');
  await expect(signer.sheet).toContainText(net.address.provider);
  await expect(signer.sheet).toContainText('25 USDC');
  await expect(signer.sheet).toContainText('Localnet');
  await expect(signer.sheet).toContainText(/The network takes at most 0\.\d+ XLM/);
  await signer.sign();

  await expect(signer.sheet).toContainText('It stands on the chain');
  const balances = signer.sheet.getByRole('table');
  await expect(balances.getByRole('row', { name: 'The escrow' })).toContainText('1,537.5');
  await expect(balances.getByRole('row', { name: 'The escrow' })).toContainText('537.5');
  await signer.sheet.getByRole('button', { name: 'Done', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 }).locator('..')).toContainText('Released');
  await expect(page.getByText('1,000 USDC went to the receiver.').first()).toBeVisible();

  const [signed] = wallet.asked;
  const transaction = TransactionBuilder.fromXdr(signed ?? '', net.network.passphrase);
  expect(JSON.stringify(transaction.operations[0])).toContain('release');
  const state = await scene.read();
  expect(state.milestones[0]?.flags.released).toBe(true);
});

test('a button that cannot be used says why', async ({ net, site, page, wallet }) => {
  const scene = await Scene.of(net, 'REASONS-1');
  const signer = await someone(page, site, wallet, net.address.signer);
  await signer.open(`#/escrow/${scene.id}/0`);
  const release = page.getByRole('button', { name: 'Release payment' });
  await expect(release).toHaveAttribute('aria-disabled', 'true');
  await expect(release).toHaveAccessibleDescription(/1,025 USDC|not funded/i);
  await scene.fund(1);
  await expect(release).toHaveAccessibleDescription(/approv/i);
  await release.focus();
  await expect(release).toBeFocused();
  await release.press('Enter');
  await expect(signer.sheet).toBeHidden();
});
