import { tokenAddress, type EscrowState, type Network, type Token } from 'tranche-client';
import { plain } from '../ui/words.ts';

/** The asset that people mean by USDC, by the passphrase of the network. */
const USDC: Record<string, string> = {
  'Public Global Stellar Network ; September 2015':
    'USDC:GA5ZSEJYB37JRC5AVCIA5MOP4RHTM335X2KGX3IHOJAPP5RE34K4KZVN',
  'Test SDF Network ; September 2015':
    'USDC:GBBD47IF6LWK7P7MDEVSCWR7DPUWV3NY3DTQEVFL4NAT4AQH3ZLLFLA5',
  'Standalone Network ; February 2017':
    'USDC:GDENNFIX7USLCVLOERSTLGVNFUOTINAFO2Y6GXFZN7RPJEYLVDKMDJGI',
};

/** The symbols of the assets that the page knows. */
const SYMBOLS = ['USDC', 'XLM'];

/** The asset that people mean by USDC on a network, if the page knows it. */
export const usdcOf = ({ passphrase }: Network): string | undefined => USDC[passphrase];

/** Whether a token's symbol says enough; that of an asset's contract follows from asset and network. */
function isKnown(network: Network, { address }: Token): boolean {
  const assets = ['native', usdcOf(network)].filter((asset) => asset !== undefined);
  return assets.some((asset) => tokenAddress(network.passphrase, asset) === address);
}

/** Who stands behind a token: the issuer of an asset, or else its contract. */
export const issuerOf = ({ asset, address }: Token): string => asset?.split(':')[1] ?? address;

/** A token as its sums are shown: one that is not known with who issues it, `USDC (GDEN…MJGI)`. */
export function shownToken(network: Network, token: Token): Token {
  if (isKnown(network, token)) return token;
  const issuer = issuerOf(token);
  return {
    ...token,
    symbol: `${plain(token.symbol)} (${issuer.slice(0, 4)}…${issuer.slice(-4)})`,
  };
}

/** An escrow with its token as sums of it are shown. */
export const asShown = (network: Network, state: EscrowState): EscrowState => ({
  ...state,
  token: shownToken(network, state.token),
});

/** The known symbol that a token takes as its own without being the known asset. */
export const imitatedBy = (network: Network, token: Token): string | undefined =>
  isKnown(network, token)
    ? undefined
    : SYMBOLS.find((symbol) => token.symbol.toUpperCase().startsWith(symbol));
