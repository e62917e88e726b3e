import { test as base, expect, type Locator, type Page } from '@playwright/test';
import { Keypair } from '@stellar/stellar-sdk';
import { start } from '../../client/test/localnet.mjs';
import { Site } from './site.ts';
import { StubWallet } from './wallet.ts';

export { expect };

/** A network with the contract's code, as the client's own tests start it. */
export type Net = Awaited<ReturnType<typeof start>>;

interface Fixtures {
  site: Site;
  wallet: StubWallet;
}

/** Tests with a network for each worker, a page that talks to it, and a wallet. */
export const test = base.extend<Fixtures, { net: Net }>({
  net: [
    async ({}, use) => {
      const net = await start();
      await net.upload();
      await use(net);
    },
    { scope: 'worker' },
  ],
  site: async ({ net }, use) => {
    const site = await Site.start(net.network.rpcUrl);
    await use(site);
    site.stop();
  },
  wallet: async ({ net }, use) => {
    await use(
      new StubWallet(
        net.facts.accounts.map(({ secretKey }: { secretKey: string }) =>
          Keypair.fromSecret(secretKey),
        ),
      ),
    );
  },
});

/** Somebody in front of the page. */
export class Person {
  constructor(
    readonly page: Page,
    private readonly site: Site,
  ) {}

  /** Opens a link of the page. */
  async open(link: string): Promise<void> {
    await this.page.goto(this.site.url + link);
  }

  /** Connects Freighter. */
  async connect(): Promise<void> {
    await this.page.getByRole('banner').getByRole('button', { name: 'Connect' }).click();
    await this.page.getByRole('button', { name: 'Connect Freighter' }).click();
    await expect(this.page.getByRole('dialog')).toBeHidden();
  }

  /** The sheet that is open. */
  get sheet(): Locator {
    return this.page.getByRole('dialog');
  }

  /** Presses the button that asks the wallet. */
  async sign(): Promise<void> {
    await this.sheet.getByRole('button', { name: /: sign/ }).click();
  }

  /** Waits until it stands on the chain, and closes the sheet. */
  async done(): Promise<void> {
    await expect(this.sheet).toContainText('It stands on the chain');
    await this.sheet.getByRole('button', { name: 'Done', exact: true }).click();
    await expect(this.sheet).toBeHidden();
  }
}

/** Fills in an order of two parts that its buyer confirms, up to the review. */
export async function fillOrder(
  page: Page,
  engagement: string,
  buyer: string,
  seller: string,
  platform: string,
): Promise<void> {
  const goOn = page.getByRole('button', { name: 'Continue' });
  await page.getByRole('button', { name: /Buyer confirms/ }).click();
  await page.getByLabel('Engagement id').fill(engagement);
  await page.getByRole('button', { name: 'USDC' }).click();
  await goOn.click();
  await page.getByLabel('Buyer').fill(buyer);
  await page.getByLabel('Seller').fill(seller);
  await page.getByLabel('Platform', { exact: true }).fill(platform);
  await goOn.click();
  for (const at of [0, 1]) {
    const one = page.getByRole('group', { name: `Milestone ${at}` });
    await one.getByLabel('Title').fill(`Part ${at}`);
    await one.getByLabel('Amount').fill('40');
  }
  await goOn.click();
}

/** A person with a wallet in which this named account is active. */
export async function someone(
  page: Page,
  site: Site,
  wallet: StubWallet,
  address: string,
): Promise<Person> {
  wallet.choose(address);
  await wallet.install(page.context());
  await page.addInitScript(() => localStorage.setItem('tranche.wallet', '"freighter"'));
  return new Person(page, site);
}
