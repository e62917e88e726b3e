import { Contract, nativeToScVal } from '@stellar/stellar-sdk';
import {
  calls,
  coSign,
  handOver,
  latestLedger,
  prepare,
  prepareDeploy,
  readEscrow,
  tokenAddress,
} from 'tranche-client';
import { prepareOperation } from '../client/dist/prepare.js';
import { milestone, ONE } from '../client/test/localnet.mjs';
import { Scene } from '../client/test/scenes.mjs';
import { lookAlike } from './support/look-alike.ts';
import { asksToRestoreFirst } from './support/restore.ts';
import { expect, someone, test, type Net } from './support/test.ts';

const signLink = (text: string): string => `#/sign/${encodeURIComponent(text)}`;

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
  const shown = page.getByRole('main');
  for (const said of ['A website', scene.id, 'Approver', approver, approver2]) {
    await expect(shown).toContainText(said);
  }
  await page.getByRole('button', { name: 'Sign my part' }).click();
  const back = await page.getByRole('link', { name: 'Open the link here' }).getAttribute('href');

  wallet.choose(approver);
  await page.goto(back ?? '');
  await page.reload();
  site.fault = (body) => (body.includes('getTransaction') ? 'gone' : 'pass');
  await page.getByRole('button', { name: 'Sign and send' }).click();
  await expect(page.getByText('Waiting for a ledger to take it')).toBeVisible();
  await page.getByRole('button', { name: 'Stop waiting' }).click();
  await expect(page.getByRole('alert')).toContainText('not known what became of it');
  await expect(page.getByRole('button', { name: 'Sign and send' })).toHaveCount(0);
  site.fault = undefined;
  await page.getByRole('button', { name: 'Look for it again' }).click();
  await expect(page.getByText('It stands on the chain')).toBeVisible();
  const { escrow } = await scene.read();
  expect(escrow.terms.roles.approvers).toEqual([approver2]);
});

test('what is archived is brought back before what was signed is sent', async ({
  net,
  site,
  page,
  wallet,
}) => {
  const { approver, approver2 } = net.address;
  const scene = await Scene.of(net, 'ROTATE-2');
  const rotate = calls.rotate('Approver', approver, approver2);
  const prepared = await prepare(net.network, approver, scene.id, rotate);
  const second = await someone(page, site, wallet, approver2);
  await second.open(signLink(handOver(prepared)));
  await page.getByRole('button', { name: 'Sign my part' }).click();
  const link = await page.getByRole('link', { name: 'Open the link here' }).getAttribute('href');
  wallet.choose(approver);
  await page.goto(link ?? '');
  await page.reload();
  await expect(page.getByText('The network takes at most')).toBeVisible();
  await asksToRestoreFirst(page);
  await page.getByRole('button', { name: 'Sign and send' }).click();
  await expect(page.getByText('It stands on the chain')).toBeVisible();
  expect(wallet.asked.length).toBe(3);
  const { escrow } = await scene.read();
  expect(escrow.terms.roles.approvers).toEqual([approver2]);
});

test('who leaves while it lands hears of it at the page’s foot; sent again, it is refused as used', async ({
  net,
  site,
  page,
  wallet,
}) => {
  const { approver, approver2 } = net.address;
  const scene = await Scene.of(net, 'ROTATE-4');
  const rotate = calls.rotate('Approver', approver, approver2);
  const prepared = await prepare(net.network, approver, scene.id, rotate);
  const signed = await coSign(net.network, handOver(prepared), net.wallet[approver2]!);
  const person = await someone(page, site, wallet, approver);
  await person.open('#/sign');
  await page.getByLabel('What you were given').fill(` https://example.org/${signLink(signed)}\n`);
  await page.getByRole('button', { name: 'Look at it' }).click();
  await expect(page.getByText('The network takes at most')).toBeVisible();
  site.fault = (body) => (body.includes('getTransaction') ? 'gone' : 'pass');
  await page.getByRole('button', { name: 'Sign and send' }).click();
  await expect(page.getByText('Waiting for a ledger to take it')).toBeVisible();
  await page.getByRole('link', { name: 'Network' }).first().click();
  const foot = page.getByRole('status').filter({ hasText: /^It / });
  await expect(foot).toHaveText('It was sent. The page looks what becomes of it.');
  site.fault = undefined;
  await expect(foot).toHaveText(/It stands on the chain, in ledger \d+/);

  await person.open(signLink(signed));
  await page.getByRole('button', { name: 'Sign and send' }).click();
  await expect(page.getByRole('alert')).toContainText('This signature was used already');
});

test('what a contract account has to sign is given out as a text', async ({
  net,
  site,
  page,
  wallet,
}) => {
  const { approver } = net.address;
  const contract = tokenAddress(net.network.passphrase, 'native');
  const scene = await Scene.of(net, 'ROTATE-5');
  const person = await someone(page, site, wallet, approver);
  await person.open(`#/escrow/${scene.id}/rotate`);
  await person.sheet.getByLabel('Seat').selectOption({ label: 'Approver, you' });
  await person.sheet.getByLabel('Goes to').fill(contract);
  await person.sheet.getByRole('button', { name: /make a link for / }).click();
  const said = 'A contract account has to sign, and this page cannot sign for it.';
  await expect(person.sheet).toContainText(said);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await person.sheet.getByRole('button', { name: 'Copy the text' }).click();
  await expect(page.getByText('Copied the text.')).toBeVisible();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  await person.open('#/sign');
  await page.getByLabel('What you were given').fill(text);
  await page.getByRole('button', { name: 'Look at it' }).click();
  await expect(page.getByRole('main')).toContainText(contract);
  await expect(page.getByText(said)).toBeVisible();
  await expect(page.getByText('Connect the account that is named above')).toHaveCount(0);
});

test('only what an escrow needs two signatures for is signed', async ({
  net,
  site,
  page,
  wallet,
}) => {
  const { payer, provider, stranger } = net.address;
  const fake = await lookAlike(net, 'ROTATE-FAKE');
  const scene = await Scene.of(net, 'ROTATE-3');
  const rotate = calls.rotate('Payer', payer, stranger);
  const redirect = calls.redirect(provider, 0, stranger);
  const person = await someone(page, site, wallet, payer);
  for (const [prepared, said] of [
    [await approval(net, stranger, payer), 'is not an escrow'],
    [await prepare(net.network, stranger, fake, rotate), 'runs code that is not known'],
    [await prepare(net.network, payer, fake, rotate), 'runs code that is not known'],
    [await prepare(net.network, stranger, scene.id, redirect), 'needs no signature but that of'],
    [await prepare(net.network, provider, scene.id, redirect), 'needs no signature but that of'],
  ] as const) {
    await person.open(signLink(handOver(prepared)));
    await expect(page.getByRole('alert')).toContainText(said);
    await expect(page.getByRole('button', { name: /Sign/ })).toHaveCount(0);
  }
});

/** A token's approval: the holder lets somebody spend, who only waits for the signature. */
async function approval(net: Net, spender: string, holder: string) {
  const [from, to] = [holder, spender].map((one) => nativeToScVal(one, { type: 'address' }));
  const amount = nativeToScVal(ONE, { type: 'i128' });
  // Other tests may have let weeks of ledgers pass.
  const { sequence } = await latestLedger(net.network);
  const until = nativeToScVal(sequence + 1_000, { type: 'u32' });
  const call = new Contract(net.token).call('approve', from!, to!, amount, until);
  return prepareOperation(net.network, spender, call);
}

test('a creation is shown with all of its terms, and signed by its admin', async ({
  net,
  site,
  page,
  wallet,
}) => {
  const { admin, stranger, receiver } = net.address;
  const document = new Uint8Array(32).fill(7);
  const walls = milestone('Walls', 7n * ONE, { receiver, description: 'Of stone.', document });
  const draft = {
    ...net.draft('SIGNED-1', { terms: { document }, roles: { observers: [receiver] } }),
    milestones: [walls],
  };
  const prepared = await prepareDeploy(net.network, stranger, draft);
  const person = await someone(page, site, wallet, admin);
  await person.open(signLink(handOver(prepared)));
  const shown = page.getByRole('main');
  for (const said of [
    prepared.id,
    'SIGNED-1',
    '07'.repeat(32),
    'Of stone.',
    '7 USDC',
    '2.5 %',
    ...Object.values(draft.terms.roles).flat(),
  ]) {
    await expect(shown).toContainText(said);
  }
  await page.getByRole('button', { name: 'Sign my part' }).click();
  const back = await page.getByRole('link', { name: 'Open the link here' }).getAttribute('href');
  wallet.choose(stranger);
  await page.goto(back ?? '');
  await page.reload();
  await page.getByRole('button', { name: 'Sign and send' }).click();
  await expect(page.getByText('It stands on the chain')).toBeVisible();
  const { escrow } = await readEscrow(net.network, prepared.id);
  expect(escrow.terms).toEqual(draft.terms);

  const other = net.draft('SIGNED-2');
  const { wasmHash } = await readEscrow(net.network, await lookAlike(net, 'SIGNED-FAKE'));
  const elsewhere = await prepareDeploy(net.network, stranger, other, wasmHash);
  await person.open(signLink(handOver(elsewhere)));
  await expect(page.getByRole('alert')).toContainText('not an escrow as it is known here');
  await expect(page.getByRole('button', { name: /Sign/ })).toHaveCount(0);
});
