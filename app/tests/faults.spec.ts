import { calls } from 'tranche-client';
import { Scene } from '../client/test/scenes.mjs';
import { expect, Person, someone, test, type Net } from './support/test.ts';

/** An escrow whose first milestone can be released. */
async function approved(net: Net, name: string): Promise<Scene> {
  const scene = await Scene.of(net, name);
  await scene.fund(1);
  await scene.vote('approver', 'approve', 0);
  return scene;
}

const unpaid = async (scene: Scene) =>
  expect((await scene.read()).milestones[0]?.flags.released).toBe(false);

test.describe('the wallet', () => {
  test('rejects: nothing is sent, and one can try again', async ({ net, site, page, wallet }) => {
    const scene = await approved(net, 'REJECTED');
    const signer = await someone(page, site, wallet, net.address.signer);
    await signer.open(`#/escrow/${scene.id}/0/release`);
    wallet.decision = 'reject';
    await signer.sign();
    await expect(signer.sheet.getByRole('alert')).toContainText(/reject|declined|said no/i);
    await unpaid(scene);
    wallet.decision = 'confirm';
    await signer.sheet.getByRole('button', { name: 'Try again' }).click();
    await signer.sign();
    await signer.done();
  });

  test('never answers: one can stop waiting', async ({ net, site, page, wallet }) => {
    const scene = await approved(net, 'SILENT');
    const signer = await someone(page, site, wallet, net.address.signer);
    await signer.open(`#/escrow/${scene.id}/0/release`);
    wallet.decision = 'wait';
    await signer.sign();
    await expect(signer.sheet).toContainText('Waiting for your wallet');
    await signer.sheet.getByRole('button', { name: 'Stop waiting' }).click();
    await expect(signer.sheet.getByRole('alert')).toContainText('nothing was sent');
    wallet.proceed();
    await page.waitForTimeout(1_000);
    await unpaid(scene);
  });

  test('is locked', async ({ site, page, wallet }) => {
    const person = new Person(page, site);
    wallet.locked = true;
    await wallet.install(page.context());
    await person.open('#/');
    await page.getByRole('banner').getByRole('button', { name: 'Connect' }).click();
    await page.getByRole('button', { name: 'Connect Freighter' }).click();
    await expect(person.sheet.getByRole('alert')).toContainText('locked');
    wallet.locked = false;
    await page.getByRole('button', { name: 'Connect Freighter' }).click();
    await expect(person.sheet).toBeHidden();
    wallet.locked = true;
    await expect(page.getByRole('banner').getByRole('button', { name: /locked/ })).toBeVisible();
  });

  test('is not there', async ({ site, page }) => {
    const person = new Person(page, site);
    await person.open('#/');
    await page.getByRole('banner').getByRole('button', { name: 'Connect' }).click();
    await page.getByRole('button', { name: 'Connect Freighter' }).click();
    await expect(person.sheet.getByRole('alert')).toContainText('No Freighter answers');
  });

  test('does not let the page see an address', async ({ site, page, wallet }) => {
    const person = new Person(page, site);
    wallet.allowed = false;
    wallet.decision = 'reject';
    await wallet.install(page.context());
    await person.open('#/');
    await page.getByRole('banner').getByRole('button', { name: 'Connect' }).click();
    await page.getByRole('button', { name: 'Connect Freighter' }).click();
    await expect(person.sheet.getByRole('alert')).toContainText(
      'did not let this page see your address',
    );
  });

  test('is on another network', async ({ net, site, page, wallet }) => {
    const scene = await approved(net, 'ELSEWHERE');
    const signer = await someone(page, site, wallet, net.address.signer);
    wallet.passphrase = 'Test SDF Network ; September 2015';
    await signer.open(`#/escrow/${scene.id}/0/release`);
    const button = signer.sheet.getByRole('button', { name: /: sign/ });
    await expect(button).toHaveAccessibleDescription(
      /Freighter is on Testnet, and this page reads Localnet/,
    );
    wallet.passphrase = net.network.passphrase;
    await expect(button).toHaveAccessibleDescription('');
    await signer.sign();
    await signer.done();
  });

  test('signs for another account: nothing is sent', async ({ net, site, page, wallet }) => {
    const scene = await approved(net, 'ANOTHER');
    const signer = await someone(page, site, wallet, net.address.signer);
    await signer.open(`#/escrow/${scene.id}/0/release`);
    await expect(signer.sheet).toContainText('The network takes at most');
    wallet.stubborn = true;
    wallet.choose(net.address.stranger);
    await signer.sign();
    await expect(signer.sheet.getByRole('alert')).toContainText(/signed as|account/);
    await unpaid(scene);
  });

  test('changes its account: the page follows', async ({ net, site, page, wallet }) => {
    const scene = await approved(net, 'FOLLOWS');
    const signer = await someone(page, site, wallet, net.address.signer);
    await signer.open(`#/escrow/${scene.id}`);
    await expect(page.getByText('You are release signer')).toBeVisible();
    wallet.choose(net.address.payer);
    await expect(page.getByText('You are payer')).toBeVisible();
  });
});

test.describe('the server', () => {
  test('is gone: the page says so, and goes on when it is back', async ({ net, site, page }) => {
    const scene = await approved(net, 'GONE');
    const person = new Person(page, site);
    site.fault = () => 'gone';
    await person.open(`#/escrow/${scene.id}`);
    await expect(
      page.getByRole('heading', { name: 'The network cannot be reached' }),
    ).toBeVisible();
    site.fault = undefined;
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('heading', { name: 'A website' })).toBeVisible();
    site.fault = () => 'gone';
    await expect(page.getByText('What you see may be out of date.')).toBeVisible();
    site.fault = undefined;
    await expect(page.getByText('What you see may be out of date.')).toBeHidden();
  });

  test('answers nonsense', async ({ site, page }) => {
    const person = new Person(page, site);
    site.fault = () => 'nonsense';
    await person.open('#/');
    await expect(page.getByRole('alert')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  });

  test('does not answer: waiting ends', async ({ site, page }) => {
    const person = new Person(page, site);
    site.fault = () => 'slow';
    await person.open('#/');
    await expect(page.getByRole('alert')).toBeVisible({ timeout: 45_000 });
  });

  test('is lost after sending: the page finds out what became of it', async ({
    net,
    site,
    page,
    wallet,
  }) => {
    const scene = await approved(net, 'LOST');
    const signer = await someone(page, site, wallet, net.address.signer);
    await signer.open(`#/escrow/${scene.id}/0/release`);
    let failures = 0;
    site.fault = (body) => (body.includes('getTransaction') && failures++ < 3 ? 'gone' : 'pass');
    await signer.sign();
    await signer.done();
    expect(failures).toBeGreaterThan(0);
  });
});

test.describe('the contract', () => {
  test('refuses what somebody else did first', async ({ net, site, page, wallet }) => {
    const scene = await approved(net, 'RACED');
    const signer = await someone(page, site, wallet, net.address.signer);
    await signer.open(`#/escrow/${scene.id}/0/release`);
    wallet.decision = 'wait';
    await signer.sign();
    await expect(signer.sheet).toContainText('Waiting for your wallet');
    await net.call(
      net.address.provider,
      scene.id,
      calls.refund(net.address.provider, [(await scene.read()).milestones[0]]),
    );
    wallet.proceed();
    await expect(signer.sheet.getByRole('alert')).toBeVisible();
    await expect(signer.sheet.getByRole('alert')).toContainText(/settled/i);
    await signer.sheet.getByRole('button', { name: 'Close' }).last().click();
    await expect(page.getByText('Refunded').first()).toBeVisible();
  });

  test('a transaction that waited too long is not sent again by itself', async ({
    net,
    site,
    page,
    wallet,
  }) => {
    const scene = await approved(net, 'EXPIRED');
    const signer = await someone(page, site, wallet, net.address.signer);
    await signer.open(`#/escrow/${scene.id}/0/release`);
    wallet.decision = 'wait';
    await signer.sign();
    await expect(signer.sheet).toContainText('Waiting for your wallet');
    await net.advanceLedgers(1_000);
    wallet.proceed();
    await expect(signer.sheet.getByRole('alert')).toContainText(/too late|expired|in time/i);
    await unpaid(scene);
    await signer.sheet.getByRole('button', { name: 'Try again' }).click();
    wallet.decision = 'confirm';
    await signer.sign();
    await signer.done();
  });
});

test.describe('bad input is said at its field', () => {
  test('addresses, amounts and ids', async ({ net, site, page, wallet }) => {
    const scene = await Scene.of(net, 'FIELDS');
    await scene.fund(1);
    const provider = await someone(page, site, wallet, net.address.provider);
    await provider.open(`#/escrow/${scene.id}/0/redirect`);
    const field = provider.sheet.getByLabel('New receiver');
    await field.fill('GABC');
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(provider.sheet.getByRole('button', { name: /: sign/ })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
    await provider.open(`#/escrow/${scene.id}/0/settle`);
    const amount = provider.sheet.getByLabel('To the receiver');
    for (const text of ['1.23456789', '-1', '1e3', '1,5', 'all']) {
      await amount.fill(text);
      await expect(amount).toHaveAccessibleDescription(/./);
      await expect(amount).toHaveAttribute('aria-invalid', 'true');
    }
    await provider.open('#/escrow/CABC');
    await expect(page.getByRole('heading', { name: 'This escrow cannot be shown' })).toBeVisible();
    await provider.open(`#/escrow/${net.token}`);
    await expect(page.getByRole('heading', { name: 'This escrow cannot be shown' })).toBeVisible();
    await provider.open(`#/escrow/${scene.id}/99`);
    await expect(page.getByRole('heading', { name: 'There is no milestone 99' })).toBeVisible();
    await provider.open('#/nowhere');
    await expect(
      page.getByRole('heading', { name: 'There is nothing at this link' }),
    ).toBeVisible();
    expect(wallet.asked).toEqual([]);
  });
});
