import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { milestone, ONE } from '../client/test/localnet.mjs';
import { Scene } from '../client/test/scenes.mjs';
import { expect, fillOrder, Person, test, type Net } from './support/test.ts';
import { imitation } from './support/tokens.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const SCREENS = 'test-results/screens';

/** Every screen: as whom one sees it, where it is, and what is pressed there. */
interface Screen {
  as?: string;
  link: (id: string) => string;
  shows: string;
  then?: (person: Person) => Promise<void>;
}

const SCREENS_OF_THE_PAGE: Record<string, Screen> = {
  'escrows-nobody': { link: () => '#/', shows: 'See what waits for you' },
  escrows: { as: 'signer', link: () => '#/', shows: 'Waits for you' },
  connect: {
    link: () => '#/',
    shows: 'See what waits for you',
    then: async ({ page }) =>
      page.getByRole('banner').getByRole('button', { name: 'Connect' }).click(),
  },
  network: { link: () => '#/network', shows: 'Latest ledger' },
  'create-basics': {
    as: 'admin',
    link: () => '#/create',
    shows: 'Engagement id',
    then: async ({ page }) => page.getByRole('button', { name: 'Continue' }).click(),
  },
  'create-roles': {
    as: 'admin',
    link: () => '#/create',
    shows: 'Engagement id',
    then: async ({ page }) => page.getByRole('button', { name: /2 Roles/ }).click(),
  },
  'create-milestones': {
    as: 'admin',
    link: () => '#/create',
    shows: 'Engagement id',
    then: async ({ page }) => page.getByRole('button', { name: /3 Milestones/ }).click(),
  },
  'create-review': {
    as: 'payer',
    link: () => '#/create',
    shows: 'Engagement id',
    then: async ({ page }) => {
      await fillOrder(page, 'ORDER-1', people.payer, people.provider, people.platform);
      await expect(page.getByRole('button', { name: /Create: sign/ })).toBeVisible();
    },
  },
  'create-problems': {
    as: 'admin',
    link: () => '#/create',
    shows: 'Engagement id',
    then: async ({ page }) => page.getByRole('button', { name: /4 Review/ }).click(),
  },
  'escrow-nobody': { link: (id) => `#/escrow/${id}`, shows: 'Paid in' },
  escrow: { as: 'payer', link: (id) => `#/escrow/${id}`, shows: 'Paid in' },
  milestone: { as: 'signer', link: (id) => `#/escrow/${id}/0`, shows: 'If nobody acts' },
  'milestone-disputed': {
    as: 'resolver',
    link: (id) => `#/escrow/${id}/2`,
    shows: 'If nobody acts',
  },
  release: {
    as: 'signer',
    link: (id) => `#/escrow/${id}/0/release`,
    shows: 'The network takes at most',
  },
  resolve: {
    as: 'resolver',
    link: (id) => `#/escrow/${id}/2/resolve`,
    shows: 'All to the receiver',
    then: async ({ sheet }) => {
      await sheet.getByRole('button', { name: 'Half each' }).click();
      await expect(sheet).toContainText('The network takes at most');
    },
  },
  report: { as: 'provider', link: (id) => `#/escrow/${id}/1/change_status`, shows: 'Evidence' },
  'not-possible': { as: 'admin', link: (id) => `#/escrow/${id}/update`, shows: 'It belongs to' },
  imitation: { as: 'payer', link: () => `#/escrow/${unfunded}`, shows: 'calls itself USDC' },
  fund: {
    as: 'payer',
    link: () => `#/escrow/${unfunded}/fund`,
    shows: 'Approved by',
  },
  update: {
    as: 'admin',
    link: () => `#/escrow/${unfunded}/update`,
    shows: 'Review window',
    then: async ({ sheet }) => sheet.getByLabel('Title').fill('A house in the valley'),
  },
  manage: {
    as: 'admin',
    link: () => `#/escrow/${unfunded}/manage_milestones`,
    shows: 'Remove from the end',
    then: async ({ sheet }) => {
      await sheet.getByRole('button', { name: 'Edit Walls' }).click();
      await sheet.getByRole('button', { name: 'Add a milestone' }).click();
    },
  },
  receipts: { link: (id) => `#/escrow/${id}/receipts`, shows: 'Funding' },
  'not-there': { link: () => '#/nowhere', shows: 'There is nothing at this link' },
  'not-an-escrow': { link: () => '#/escrow/CABC', shows: 'This escrow cannot be shown' },
};

let halfWay: string;
let unfunded: string;
let people: Net['address'];

test.beforeAll(async ({ net }) => {
  halfWay = await halfWayEscrow(net);
  unfunded = await unfundedEscrow(net);
  people = net.address;
});

async function halfWayEscrow(net: Net): Promise<string> {
  const scene = await Scene.of(net, 'SCREENS-1', {
    terms: { title: 'A house on the hill', description: 'Walls and roof, as drawn in March.' },
    milestones: (['Walls', 'Windows', 'Roof', 'Garden'] as const).map((title, at) => ({
      title,
      description: at === 0 ? 'Four of them, of brick' : '',
      document: null,
      amount: BigInt(1_000 + at * 250) * 10_000_000n + BigInt(at),
      receiver: null,
      approvals_required: 1,
      due: 0n,
    })),
  });
  await scene.fund(2);
  await scene.report(0, 'Completed');
  await scene.vote('approver', 'approve', 0);
  await scene.dispute('payer', 2);
  return scene.id;
}

/** In a token with the longest name that one can get: that of an imitation. */
async function unfundedEscrow(net: Net): Promise<string> {
  const token = await imitation(net, net.address.stranger);
  const milestones = ['Walls', 'Roof'].map((title) => milestone(title, 1_000n * ONE));
  const terms = { title: 'A house in the hills', token };
  return (await Scene.of(net, 'SCREENS-2', { terms, milestones })).id;
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 360]) {
    test.describe(`${colorScheme}, ${width} wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 800 } });
      for (const [name, screen] of Object.entries(SCREENS_OF_THE_PAGE)) {
        test(name, async ({ site, page }) => {
          if (screen.as) {
            await page.addInitScript(
              (as) => localStorage.setItem('tranche.wallet', JSON.stringify(as)),
              screen.as,
            );
          }
          const person = new Person(page, site);
          await person.open(screen.link(halfWay));
          await expect(page.getByText(screen.shows).first()).toBeVisible();
          await screen.then?.(person);
          await page.screenshot({
            path: `${SCREENS}/${name}-${colorScheme}-${width}.png`,
            fullPage: true,
          });
          expect(await violations(page)).toEqual([]);
          expect(
            await page.evaluate(() => document.documentElement.scrollWidth),
          ).toBeLessThanOrEqual(width);
        });
      }
    });
  }
}

/** What axe finds: each rule with the first element that breaks it. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(AXE, 'utf8'));
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: Violation[] }> };
    };
    const found = await axe.run();
    return found.violations.map(
      ({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary ?? ''}`,
    );
  });
}

interface Violation {
  id: string;
  nodes: { html: string; failureSummary?: string }[];
}
