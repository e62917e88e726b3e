import type { EscrowState, Network, Token } from 'tranche-client';
import { imitatedBy, issuerOf } from '../network/tokens.ts';
import { Address } from '../ui/address.tsx';
import { Notice } from '../ui/notice.tsx';

interface Props {
  network: Network;
  state: EscrowState;
}

/** What one has to know of an escrow before anything else. */
export function Warnings({ network, state }: Props) {
  return (
    <>
      {state.version === null && <UnknownCode state={state} />}
      <Imitation network={network} state={state} />
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

/** Why nothing of this contract is signed here. */
export function UnknownCode({ state }: { state: EscrowState }) {
  return (
    <Notice tone="bad" title="This contract runs code that this page does not know.">
      <p>
        It answers like an escrow, but what it says may be false, and it may do something else. Do
        not send money to it. Nothing of it can be signed here, since what it would do with your
        signature cannot be said. The hash of its code is{' '}
        <code class="full">{state.wasmHash}</code>.
      </p>
    </Notice>
  );
}

/** Says so where the token takes the name of one that the page knows. */
export function Imitation({ network, state }: { network: Network; state: { token: Token } }) {
  const imitated = imitatedBy(network, state.token);
  if (!imitated) return null;
  return (
    <Notice
      tone="bad"
      title={`The token here calls itself ${imitated}, and is not the ${imitated} that this page knows.`}
    >
      <p>
        Anybody can issue a token of any name. Find out what it is worth before you work or pay for
        it. It comes from{' '}
        <Address address={issuerOf(state.token)} what="the issuer’s address" full />.
      </p>
    </Notice>
  );
}
