import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { expect, test } from './support/test.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DEMO = process.env['DEMO'] ?? 'target/debug/demo';

let demo: ChildProcess;
let link: string;

/** The demo, up to the line in which it tells where its page is. */
test.beforeAll(async () => {
  demo = spawn(DEMO, ['--port', '0'], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  if (!demo.stdout) throw new Error('the demo tells nothing');
  for await (const line of createInterface(demo.stdout)) {
    link = /page to act on it: (\S+)/.exec(line)?.[1] ?? '';
    if (link) break;
  }
  expect(link, 'the demo ends without telling of its page').toBeTruthy();
});

test.afterAll(() => void demo.kill());

test('a newcomer to the demo releases a milestone, disputes another, and rules on it', async ({
  page,
}) => {
  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'A short film' })).toBeVisible();

  await actAs(page, 'signer');
  await page.getByRole('link', { name: 'Release payment' }).first().click();
  await sign(page);
  await expect(page.getByText('400 USDC went to the receiver.').first()).toBeVisible();

  await actAs(page, 'payer');
  await page.getByRole('link', { name: 'A short film' }).click();
  await page.getByRole('link', { name: 'Shooting', exact: true }).click();
  await page.getByRole('link', { name: 'Dispute', exact: true }).click();
  await page.getByRole('dialog').getByLabel('Reason').fill('Two scenes are missing.');
  await sign(page);
  await expect(page.getByText('Two scenes are missing.').first()).toBeVisible();

  for (const resolver of ['resolver', 'resolver2']) {
    await actAs(page, resolver);
    await page.getByRole('link', { name: 'Rule', exact: true }).click();
    await page.getByRole('button', { name: 'Half each' }).click();
    await sign(page);
  }
  await expect(page.getByText('Resolved').first()).toBeVisible();
  await expect(page.getByText('450 USDC', { exact: false }).first()).toBeVisible();
});

/** Takes one of the network's own accounts. */
async function actAs(page: Page, name: string): Promise<void> {
  const wallet = page.getByRole('banner').getByRole('button').last();
  await wallet.click();
  await page.getByRole('button', { name: new RegExp(`^${name}\\b`) }).click();
  await expect(wallet).toContainText(name);
}

/** Signs what the sheet shows, and waits until it stands on the chain. */
async function sign(page: Page): Promise<void> {
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: /: sign/ }).click();
  await expect(sheet).toContainText('It stands on the chain');
  await sheet.getByRole('button', { name: 'Done', exact: true }).click();
  await expect(sheet).toBeHidden();
}
