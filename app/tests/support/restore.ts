import type { Page } from '@playwright/test';
import { xdr } from '@stellar/stellar-sdk';

/** The server says once, of the next call that writes, that the contract's code has to be brought back first. */
export async function asksToRestoreFirst(page: Page): Promise<void> {
  let asked = false;
  await page.route('**/rpc', async (route) => {
    const simulates = route.request().postDataJSON()?.method === 'simulateTransaction';
    if (asked || !simulates) return route.fallback();
    const response = await route.fetch();
    const answer = await response.json();
    const { transactionData, minResourceFee } = answer.result ?? {};
    if (!transactionData) return route.fulfill({ response });
    const data = xdr.SorobanTransactionData.fromXdr(transactionData, 'base64');
    const { footprint } = data.resources;
    const code = footprint.readOnly.filter(({ type }) => type === 'contractCode');
    if (code.length === 0 || footprint.readWrite.length === 0) return route.fulfill({ response });
    asked = true;
    footprint.readWrite.splice(0, footprint.readWrite.length, ...code);
    footprint.readOnly.length = 0;
    const restorePreamble = { transactionData: data.toXdr('base64'), minResourceFee };
    return route.fulfill({
      response,
      json: { ...answer, result: { ...answer.result, restorePreamble } },
    });
  });
}
