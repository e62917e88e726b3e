import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { Scene } from '../client/test/scenes.mjs';
import { milestone, ONE } from '../client/test/localnet.mjs';
import { expect, Person, test, type Net } from './support/test.ts';

/** What a first load may weigh, compressed, in thousands of bytes. */
const LOAD_LIMIT = 200;
/** Until an escrow is drawn, in milliseconds. */
const DRAWN_LIMIT = 1_000;
/** For a list of a hundred escrows. */
const LIST_LIMIT = 5;

test.setTimeout(300_000);

test('what a first load weighs', async () => {
  const dist = fileURLToPath(new URL('../dist/', import.meta.url));
  const files = (await readdir(dist, { recursive: true })).filter((name) =>
    /\.(html|js|css|svg)$/.test(name),
  );
  const sizes = await Promise.all(
    files.map(async (name) => gzipSync(await readFile(dist + name), { level: 9 }).length),
  );
  const total = sizes.reduce((sum, size) => sum + size, 0) / 1_000;
  console.log(`first load, compressed: ${total.toFixed(1)} kB`);
  expect(total).toBeLessThan(LOAD_LIMIT);
});

for (const count of [3, 50, 1_000]) {
  test(`until an escrow with ${count} milestones is drawn`, async ({ net, site, browser }) => {
    const many = Array.from({ length: count }, (_, i) => milestone(`Part ${i}`, ONE));
    const { id } = await Scene.of(net, `BENCH-${count}`, { milestones: many });
    const times: number[] = [];
    let asked: string[] = [];
    for (let run = 0; run < 5; run++) {
      const context = await browser.newContext();
      const page = await context.newPage();
      site.asked.length = 0;
      await new Person(page, site).open(`#/escrow/${id}`);
      await page.getByRole('link', { name: 'Part 0', exact: true }).waitFor();
      times.push(await page.evaluate(() => performance.now()));
      asked = [...site.asked];
      await context.close();
    }
    const median = times.sort((a, b) => a - b)[2] ?? Number.POSITIVE_INFINITY;
    console.log(`${count} milestones: drawn after ${median.toFixed(0)} ms; ${asked.join(' ')}`);
    expect(median).toBeLessThan(DRAWN_LIMIT);
  });
}

test('a list of a hundred escrows', async ({ net, site, page }) => {
  await hundred(net);
  await page.addInitScript(() => localStorage.setItem('tranche.wallet', '"observer"'));
  const person = new Person(page, site);
  await person.open('#/');
  await page.getByText(/All 100/).waitFor();
  await person.open('#/network');
  await page.getByText('Latest ledger').waitFor();
  site.asked.length = 0;
  const begun = Date.now();
  await page.getByRole('link', { name: 'Escrows' }).first().click();
  await page.getByText(/All 100/).waitFor();
  // The page's clock ticks on every screen.
  const asked = site.asked.filter((method) => method !== 'getLatestLedger');
  console.log(`100 escrows: listed after ${Date.now() - begun} ms; ${asked.join(' ')}`);
  expect(asked.length).toBeLessThanOrEqual(LIST_LIMIT);
});

async function hundred(net: Net): Promise<void> {
  const roles = { observers: [net.address.observer] };
  for (let at = 0; at < 100; at++) await net.deploy(net.draft(`HUNDRED-${at}`, { roles }));
}
