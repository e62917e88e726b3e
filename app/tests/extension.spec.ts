import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { Address, scValToNative, TransactionBuilder } from '@stellar/stellar-sdk';
import { Scene } from '../client/test/scenes.mjs';
import { expect, Person, test } from './support/test.ts';

const EXTENSION = fileURLToPath(new URL('extension', import.meta.url));

/** A browser in which a wallet is installed as people install one. */
const withWallet = test.extend({
  context: async ({}, use) => {
    const profile = await mkdtemp(join(tmpdir(), 'tranche-'));
    const context = await chromium.launchPersistentContext(profile, {
      headless: false,
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: [
        '--headless=new',
        '--no-sandbox',
        `--disable-extensions-except=${EXTENSION}`,
        `--load-extension=${EXTENSION}`,
      ],
    });
    if (context.serviceWorkers().length === 0) await context.waitForEvent('serviceworker');
    await use(context);
    await context.close();
    await rm(profile, { recursive: true, force: true });
  },
  page: async ({ context }, use) => use(await context.newPage()),
});

withWallet(
  'a payment is released with a wallet in a window of its own',
  async ({ net, site, page, context }) => {
    const scene = await Scene.of(net, 'EXTENSION-1');
    await scene.fund(1);
    await scene.report(0, 'Completed');
    await scene.vote('approver', 'approve', 0);

    const signer = new Person(page, site);
    await signer.open('#/');
    await signer.connect();
    await page.getByRole('link', { name: /Release signer/ }).click();
    await page
      .getByRole('row', { name: /EXTENSION-1/ })
      .getByRole('link', { name: /Release payment/ })
      .click();
    await page.getByRole('link', { name: 'Release payment' }).click();

    const refused = context.waitForEvent('page');
    await signer.sign();
    await (await refused).getByRole('button', { name: 'Cancel' }).click();
    await expect(signer.sheet.getByRole('alert')).toBeVisible();
    expect((await scene.read()).milestones[0]?.flags.released).toBe(false);
    await signer.sheet.getByRole('button', { name: 'Try again' }).click();

    const opened = context.waitForEvent('page');
    await signer.sign();
    const popup = await opened;
    await expect(popup.locator('#transaction')).not.toBeEmpty();
    const { contract, method, payout } = release(
      await popup.locator('#transaction').innerText(),
      net.network.passphrase,
    );
    expect([contract, method]).toEqual([scene.id, 'release']);
    expect(payout).toMatchObject({
      milestone: 0,
      receiver: net.address.provider,
      amount: 10_000_000_000n,
    });
    await popup.getByRole('button', { name: 'Confirm' }).click();

    await signer.done();
    await expect(page.getByText('1,000 USDC went to the receiver.').first()).toBeVisible();
    expect((await scene.read()).milestones[0]?.flags.released).toBe(true);
  },
);

/** What a wallet can show of a release: it stands in what is signed. */
function release(xdr: string, passphrase: string) {
  const [operation] = TransactionBuilder.fromXdr(xdr.trim(), passphrase).operations;
  if (operation?.type !== 'invokeHostFunction') throw new Error('not a call');
  if (operation.func.type !== 'hostFunctionTypeInvokeContract')
    throw new Error('not a call of a contract');
  const { contractAddress, functionName, args } = operation.func.value;
  const [, payouts] = args.map((value) => scValToNative(value) as unknown);
  const [payout] = payouts as unknown[];
  return {
    contract: Address.fromScAddress(contractAddress).toString(),
    method: functionName.toString(),
    payout,
  };
}
