import { formatSum, type EscrowState } from 'tranche-client';
import { Address } from '../ui/address.tsx';
import { Qr } from '../ui/qr.tsx';

/** How money gets in: by the payer's wallet, or sent to the address from anywhere. */
export function Funding({ state }: { state: EscrowState }) {
  const { totals } = state.escrow;
  const { token } = state;
  const missing = totals.gross - totals.deposited;
  if (missing <= 0n) return null;
  return (
    <section class="card stack" aria-labelledby="funding">
      <h2 id="funding">Funding</h2>
      <p class="soft">
        {formatSum(missing, token)} {totals.deposited > 0n ? 'are still' : 'are'} needed. The payer
        funds with the wallet, or anybody sends {token.symbol} to this address, and the payer counts
        it as funding.
      </p>
      <div class="funding">
        <Qr text={state.id} what="the escrow’s address" />
        <Address address={state.id} what="the escrow’s address" full />
      </div>
      <p class="faint small">
        What is sent here belongs to the payer until it is counted. Send no other token: only the
        payer could take it out again.
      </p>
    </section>
  );
}
