import { SorobanDataBuilder } from '@stellar/stellar-sdk';
import { calls, type EscrowState } from 'tranche-client';
import { milestone, ONE } from '../client/test/localnet.mjs';
import { Scene } from '../client/test/scenes.mjs';
import { asksToRestoreFirst } from './support/restore.ts';
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

  test('rejects: what was typed is still there', async ({ net, site, page, wallet }) => {
    const scene = await approved(net, 'TYPED');
    const payer = await someone(page, site, wallet, net.address.payer);
    await payer.open(`#/escrow/${scene.id}/1/dispute`);
    await payer.sheet.getByLabel('Reason').fill('It leaks');
    wallet.decision = 'reject';
    await payer.sign();
    await expect(payer.sheet.getByRole('alert')).toContainText('You did not sign');
    await expect(payer.sheet.getByLabel('Reason')).toBeHidden();
    wallet.decision = 'confirm';
    await payer.sheet.getByRole('button', { name: 'Try again' }).click();
    await expect(payer.sheet.getByLabel('Reason')).toHaveValue('It leaks');
    await payer.sign();
    await payer.done();
    expect((await scene.read()).milestones[1]?.reason).toBe('It leaks');
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

  test('never says which network it is on: one can stop waiting', async ({
    net,
    site,
    page,
    wallet,
  }) => {
    const scene = await approved(net, 'MUTE');
    const signer = await someone(page, site, wallet, net.address.signer);
    await signer.open(`#/escrow/${scene.id}/0/release`);
    await expect(signer.sheet).toContainText('The network takes at most');
    wallet.mute = ['REQUEST_NETWORK_DETAILS'];
    await signer.sign();
    await signer.sheet.getByRole('button', { name: 'Stop waiting' }).click();
    await expect(signer.sheet.getByRole('alert')).toContainText('You stopped waiting');
    await signer.sheet.getByRole('button', { name: 'Try again' }).click();
    await signer.sign();
    await expect(signer.sheet.getByRole('alert')).toContainText('Freighter does not answer.');
    expect(wallet.asked).toEqual([]);
  });

  test('is left with the browser’s Back: nothing is sent', async ({ net, site, page, wallet }) => {
    const scene = await approved(net, 'BACK');
    const signer = await someone(page, site, wallet, net.address.signer);
    await signer.open(`#/escrow/${scene.id}/0`);
    await page.getByRole('link', { name: 'Release payment' }).click();
    wallet.decision = 'wait';
    await signer.sign();
    await expect(signer.sheet).toContainText('Waiting for your wallet');
    await page.goBack();
    await expect(signer.sheet).toBeHidden();
    await expect(page.getByRole('status').filter({ hasText: 'nothing was sent' })).toBeVisible();
    wallet.proceed();
    await page.waitForTimeout(1_000);
    await unpaid(scene);
  });

  test('answers after another was chosen: the later choice holds', async ({
    site,
    page,
    wallet,
  }) => {
    const person = new Person(page, site);
    wallet.allowed = false;
    wallet.decision = 'wait';
    await wallet.install(page.context());
    await person.open('#/');
    const banner = page.getByRole('banner');
    await banner.getByRole('button', { name: 'Connect' }).click();
    await page.getByRole('button', { name: 'Connect Freighter' }).click();
    await person.sheet.getByRole('button', { name: 'Stop waiting' }).click();
    await page.getByRole('button', { name: 'Connect Freighter' }).click();
    await person.sheet.getByRole('button', { name: /^stranger/ }).click();
    await expect(banner.getByRole('button', { name: /stranger/ })).toBeVisible();
    wallet.proceed();
    await page.waitForTimeout(1_000);
    await expect(banner.getByRole('button', { name: /stranger/ })).toBeVisible();
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

test.describe('the server, while one signs', () => {
  test('has archived something: that is brought back first', async ({ net, site, page, wallet }) => {
    const scene = await approved(net, 'ARCHIVED');
    const signer = await someone(page, site, wallet, net.address.signer);
    await signer.open(`#/escrow/${scene.id}/0/release`);
    await expect(signer.sheet).toContainText('The network takes at most');
    await asksToRestoreFirst(page);
    wallet.decision = 'wait';
    await signer.sign();
    await expect(signer.sheet).toContainText('What is archived is brought back first');
    wallet.proceed();
    await signer.done();
    expect(wallet.asked.length).toBe(2);
  });

  test('takes more than it said: nothing is signed', async ({ net, site, page, wallet }) => {
    const scene = await approved(net, 'DEARER');
    const signer = await someone(page, site, wallet, net.address.signer);
    await signer.open(`#/escrow/${scene.id}/0/release`);
    await expect(signer.sheet).toContainText('The network takes at most');
    await page.route('**/rpc', async (route) => {
      if (route.request().postDataJSON()?.method !== 'simulateTransaction') return route.fallback();
      const response = await route.fetch();
      const answer = await response.json();
      const data = new SorobanDataBuilder(answer.result.transactionData).setResourceFee('50000000');
      answer.result.transactionData = data.build().toXdr('base64');
      return route.fulfill({ response, json: answer });
    });
    await signer.sign();
    await expect(signer.sheet.getByRole('alert')).toContainText('Nothing was signed.');
    expect(wallet.asked).toEqual([]);
    await unpaid(scene);
  });

  test('is gone: that is no refusal, and can be asked again', async ({
    net,
    site,
    page,
    wallet,
  }) => {
    const scene = await approved(net, 'UNASKED');
    const signer = await someone(page, site, wallet, net.address.signer);
    site.fault = (body) => (body.includes('simulateTransaction') ? 'gone' : 'pass');
    await signer.open(`#/escrow/${scene.id}/0/release`);
    await expect(signer.sheet.getByRole('button', { name: /: sign/ })).toHaveAccessibleDescription(
      'The network could not be asked, as said above.',
    );
    site.fault = undefined;
    await signer.sheet.getByRole('button', { name: 'Ask again' }).click();
    await expect(signer.sheet).toContainText('The network takes at most');
    await signer.sign();
    await signer.done();
  });

  test('tells of an older plan late: it does not count for the newer one', async ({
    net,
    site,
    page,
    wallet,
  }) => {
    const scene = await Scene.of(net, 'OLDER');
    await scene.fund(1);
    const provider = await someone(page, site, wallet, net.address.provider);
    let asked = 0;
    await page.route('**/rpc', async (route) => {
      const first = route.request().postData()?.includes('simulateTransaction') && asked++ === 0;
      if (!first) return route.continue();
      await page.waitForTimeout(2_000);
      return route.abort();
    });
    await provider.open(`#/escrow/${scene.id}/0/refund`);
    await expect.poll(() => asked).toBe(1);
    await provider.sheet.getByText('Together with others (1)').click();
    await provider.sheet.getByLabel(/1 Code/).check();
    const said = provider.sheet.getByText('The network takes at most');
    await expect(said).toBeVisible();
    await page.waitForTimeout(2_500);
    await expect(said).toBeVisible();
    await expect(provider.sheet.getByRole('alert')).toHaveCount(0);
  });

  test('is lost for long after sending: it can be looked for again', async ({
    net,
    site,
    page,
    wallet,
  }) => {
    const scene = await approved(net, 'LOST-LONG');
    const signer = await someone(page, site, wallet, net.address.signer);
    await signer.open(`#/escrow/${scene.id}/0/release`);
    site.fault = (body) => (body.includes('getTransaction') ? 'gone' : 'pass');
    await signer.sign();
    await expect(signer.sheet).toContainText('Sent. Waiting');
    await signer.sheet.getByRole('button', { name: 'Stop looking' }).click();
    await expect(signer.sheet.getByRole('alert')).toContainText('not known what became of it');
    site.fault = undefined;
    await signer.sheet.getByRole('button', { name: 'Look for it again' }).click();
    await signer.done();
    expect((await scene.read()).milestones[0]?.flags.released).toBe(true);
  });
});

test('a sheet that is closed while its action lands: the page’s foot tells what became of it', async ({
  net,
  site,
  page,
  wallet,
}) => {
  const scene = await approved(net, 'CLOSED');
  const signer = await someone(page, site, wallet, net.address.signer);
  await signer.open(`#/escrow/${scene.id}/0/release`);
  site.fault = (body) => (body.includes('getTransaction') ? 'gone' : 'pass');
  await signer.sign();
  await expect(signer.sheet).toContainText('Sent. Waiting');
  await signer.sheet.getByRole('button', { name: 'Close' }).click();
  const foot = page.getByRole('status').filter({ hasText: /^It / });
  await expect(foot).toHaveText('It was sent. The page looks what becomes of it.');
  site.fault = undefined;
  await expect(foot).toHaveText(/It stands on the chain, in ledger \d+/);
});

test.describe('what one looks at', () => {
  test('changes: an approval is signed only after another look', async ({
    net,
    site,
    page,
    wallet,
  }) => {
    const scene = await Scene.of(net, 'CHANGES');
    await scene.fund(1);
    const show = (evidence: string) =>
      scene.do('provider', (_: unknown, provider: string) =>
        calls.changeStatus(provider, [
          { milestone: 0, status: { tag: 'InProgress' }, note: null, evidence },
        ]),
      );
    await show('https://example.org/first');
    const approver = await someone(page, site, wallet, net.address.approver);
    await approver.open(`#/escrow/${scene.id}/0/approve`);
    await expect(approver.sheet).toContainText('https://example.org/first');
    await expect(approver.sheet).toContainText('The network takes at most');
    await show('https://example.org/second');
    await expect(approver.sheet.getByRole('alert')).toContainText(
      'This changed while you looked at it: milestone 0 Design (evidence).',
    );
    await expect(approver.sheet).not.toContainText('https://example.org/second');
    await expect(approver.sheet.getByRole('button', { name: /: sign/ })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
    await approver.sheet.getByRole('button', { name: 'Show it as it is now' }).click();
    await expect(approver.sheet).toContainText('https://example.org/second');
    await approver.sign();
    await approver.done();
  });

  test('changes: new terms are never written over with older ones', async ({
    net,
    site,
    page,
    wallet,
  }) => {
    const { admin, approver, approver2 } = net.address;
    const scene = await Scene.of(net, 'OVERWRITE');
    const person = await someone(page, site, wallet, admin);
    await person.open(`#/escrow/${scene.id}/update`);
    await person.sheet.getByLabel('Title').fill('Another website');
    await expect(person.sheet).toContainText('The network takes at most');
    const state = await scene.read();
    const { terms } = state.escrow;
    const roles = { ...terms.roles, approvers: [approver, approver2] };
    await net.call(admin, scene.id, calls.update(state, { ...terms, roles }));
    const alert = person.sheet.getByRole('alert');
    await expect(alert).toContainText('approvers');
    await expect(alert).toContainText('What you typed here then begins anew.');
    await person.sheet.getByRole('button', { name: 'Show it as it is now' }).click();
    await expect(person.sheet.getByLabel('Title')).toHaveValue('A website');
    await person.sheet.getByLabel('Title').fill('Another website');
    await person.sign();
    await person.done();
    const { escrow } = await scene.read();
    expect(escrow.terms.title).toBe('Another website');
    expect(escrow.terms.roles.approvers).toEqual([approver, approver2]);
  });

  test('changes: what was typed stays, and is about what is there now', async ({
    net,
    site,
    page,
    wallet,
  }) => {
    const scene = await Scene.of(net, 'TYPED-ON');
    await scene.fund(1);
    const payer = await someone(page, site, wallet, net.address.payer);
    await payer.open(`#/escrow/${scene.id}/0/settle`);
    const { sheet } = payer;
    const receives = sheet.getByLabel('To the receiver');
    await expect(receives).toHaveValue('');
    await receives.fill('600');
    await sheet.getByLabel('Back to the payer').fill('400');
    await expect(sheet).toContainText('It waits for the other side');
    await scene.split('provider', 'settle', 0, 250n * ONE);
    const alert = sheet.getByRole('alert');
    await expect(alert).toContainText('milestone 0 Design (offers)');
    await expect(alert).not.toContainText('begins anew');
    await sheet.getByRole('button', { name: 'Show it as it is now' }).click();
    await expect(sheet.getByRole('button', { name: 'As the other side offers' })).toBeVisible();
    await expect(receives).toHaveValue('600');
    await payer.sign();
    await payer.done();
    expect((await scene.read()).milestones[0]?.offers).toContainEqual({
      party: net.address.payer,
      to_receiver: 600n * ONE,
    });
  });

  test('changes: a split that nobody typed follows the offer', async ({
    net,
    site,
    page,
    wallet,
  }) => {
    const scene = await Scene.of(net, 'FOLLOWED');
    await scene.fund(1);
    await scene.split('provider', 'settle', 0, 250n * ONE);
    const payer = await someone(page, site, wallet, net.address.payer);
    await payer.open(`#/escrow/${scene.id}/0/settle`);
    const receives = payer.sheet.getByLabel('To the receiver');
    await expect(receives).toHaveValue('250');
    await scene.split('provider', 'settle', 0, 300n * ONE);
    await payer.sheet.getByRole('button', { name: 'Show it as it is now' }).click();
    await expect(receives).toHaveValue('300');
  });

  test('changes: what is funded is read anew, through the milestone that was chosen', async ({
    net,
    site,
    page,
    wallet,
  }) => {
    const { admin, payer, receiver } = net.address;
    const scene = await Scene.of(net, 'FUND-ANEW');
    const person = await someone(page, site, wallet, payer);
    await person.open(`#/escrow/${scene.id}/fund`);
    const which = person.sheet.getByLabel('Which milestones');
    await which.selectOption({ label: 'Through 0 Design' });
    await expect(person.sheet).toContainText('The network takes at most');
    const edit = { milestone: 0, title: 'Drawings', description: null, document: null, receiver };
    const call = calls.manageMilestones(await scene.read(), {
      edit: [{ ...edit, approvals_required: null, due: null }],
    });
    await net.call(admin, scene.id, call);
    await expect(person.sheet.getByRole('alert')).toContainText('revision');
    await person.sheet.getByRole('button', { name: 'Show it as it is now' }).click();
    await expect(which.locator('option:checked')).toHaveText('Through 0 Drawings');
    await expect(person.sheet.getByRole('listitem').first()).toContainText(receiver);
    await person.sign();
    await person.done();
    expect((await scene.read()).escrow.totals.funded).toBe(1);
  });

  test('changes: milestones that are added stay, edits begin anew', async ({
    net,
    site,
    page,
    wallet,
  }) => {
    const { admin } = net.address;
    const scene = await Scene.of(net, 'ADDED-ON');
    const person = await someone(page, site, wallet, admin);
    await person.open(`#/escrow/${scene.id}/manage_milestones`);
    const { sheet } = person;
    await sheet.getByRole('button', { name: 'Edit Design' }).click();
    await sheet.getByRole('group', { name: 'Milestone 0' }).getByLabel('Title').fill('Drawings');
    await sheet.getByLabel('Remove from the end').fill('1');
    await sheet.getByRole('button', { name: 'Add a milestone' }).click();
    const added = sheet.getByRole('group', { name: /New milestone/ });
    await added.getByLabel('Title').fill('Launch');
    await added.getByLabel('Amount').fill('3');
    await expect(sheet).toContainText('The network takes at most');
    const call = calls.manageMilestones(await scene.read(), { add: [milestone('Texts', ONE)] });
    await net.call(admin, scene.id, call);
    await expect(sheet.getByRole('alert')).toContainText(
      'What you add here stays; what you edit and remove then begins anew.',
    );
    await sheet.getByRole('button', { name: 'Show it as it is now' }).click();
    await expect(sheet.getByLabel('Remove from the end')).toHaveValue('0');
    await expect(sheet.getByRole('button', { name: 'Edit Design' })).toBeVisible();
    await expect(sheet.getByRole('group', { name: 'New milestone 3' })).toBeVisible();
    await person.sign();
    await person.done();
    const state: EscrowState = await scene.read();
    expect(state.milestones.map(({ title }) => title)).toEqual(['Design', 'Code', 'Texts', 'Launch']);
  });

  test('changes: a seat that was chosen stays so, or has to be chosen again', async ({
    net,
    site,
    page,
    wallet,
  }) => {
    const { admin, approver, approver2, stranger } = net.address;
    const scene = await Scene.of(net, 'SEATED');
    const person = await someone(page, site, wallet, approver);
    await person.open(`#/escrow/${scene.id}/rotate`);
    const { sheet } = person;
    const change = async (approvers: string[]) => {
      const state = await scene.read();
      const { terms } = state.escrow;
      const roles = { ...terms.roles, approvers };
      await net.call(admin, scene.id, calls.update(state, { ...terms, roles }));
      await sheet.getByRole('button', { name: 'Show it as it is now' }).click();
    };
    const chosen = sheet.getByLabel('Seat').locator('option:checked');
    await sheet.getByLabel('Goes to').fill(stranger);
    await change([approver2, approver]);
    await expect(chosen).toHaveText('Approver, you');
    await expect(sheet.getByLabel('Goes to')).toHaveValue(stranger);
    await expect(sheet.getByRole('button', { name: /make a link/ })).toBeVisible();
    await change([approver2]);
    await expect(chosen).toHaveCount(0);
    await expect(sheet.getByText('does not hold it any more: choose one.')).toBeVisible();
  });
});

test('what stands on the chain is said at once, while balances are still read', async ({
  net,
  site,
  page,
  wallet,
}) => {
  const scene = await approved(net, 'READING');
  const signer = await someone(page, site, wallet, net.address.signer);
  await signer.open(`#/escrow/${scene.id}/0/release`);
  let answer = () => {};
  const answered = new Promise<void>((resolve) => (answer = resolve));
  let landed = false;
  await page.route('**/rpc', async (route) => {
    const body = route.request().postData() ?? '';
    landed ||= body.includes('getTransaction');
    if (landed && body.includes('getLedgerEntries')) await answered;
    return route.continue();
  });
  await signer.sign();
  await expect(signer.sheet).toContainText('It stands on the chain. Reading what has changed');
  await expect(signer.sheet.getByRole('button', { name: /^Stop/ })).toHaveCount(0);
  answer();
  await signer.done();
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
