import type { EscrowState, Network } from 'tranche-client';
import { imitatedBy, issuerOf } from '../network/tokens.ts';
import { Address } from '../ui/address.tsx';
import { Notice } from '../ui/notice.tsx';

/** What one has to know of an escrow before anything else. */
export function Warnings({ network, state }: { network: Network; state: EscrowState }) {
  const imitated = imitatedBy(network, state.token);
  return (
    <>
      {state.version === null && (
        <Notice tone="bad" title="This contract runs code that this page does not know.">
          <p>
            It answers like an escrow, and may do something else. Do not send money to it, and do
            not sign for it, unless you know where its code comes from. Its hash is{' '}
            <code class="full">{state.wasmHash}</code>.
          </p>
        </Notice>
      )}
      {imitated && (
        <Notice
          tone="bad"
          title={`The token here calls itself ${imitated}, and is not the ${imitated} that this page knows.`}
        >
          <p>
            Anybody can issue a token of any name. Find out what it is worth before you work or pay
            for it. It comes from{' '}
            <Address address={issuerOf(state.token)} what="the issuer’s address" full />.
          </p>
        </Notice>
      )}
      {state.archived && (
        <Notice
          tone="calm"
          title="Nothing has happened here for a long time, and the network has put it to rest."
        >
          <p>Nothing is lost. The next action brings it back, and pays a little more for that.</p>
        </Notice>
      )}
    </>
  );
}
