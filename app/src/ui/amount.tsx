import { formatAmount, type Token } from 'tranche-client';

/** An amount, exact to the smallest unit, with its token. */
export function Amount({
  units,
  token,
  bare = false,
}: {
  units: bigint;
  token: Token;
  bare?: boolean;
}) {
  return (
    <span class="amount num">
      {formatAmount(units, token.decimals)}
      {!bare && (
        <>
          {' '}
          <span class="symbol">{token.symbol}</span>
        </>
      )}
    </span>
  );
}
