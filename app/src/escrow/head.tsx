import type { EscrowState } from 'tranche-client';
import { seatsOf } from 'tranche-client';
import { links } from '../route.ts';
import { useStore } from '../store.ts';
import { Address } from '../ui/address.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { plain } from '../ui/words.ts';
import { session } from '../wallet/session.ts';
import { STATES, titleOf } from './words.ts';

/** What the escrow is, how it stands, and who one is in it. */
export function Head({ state }: { state: EscrowState }) {
  const me = useStore(session)?.address;
  const { terms, state: stands } = state.escrow;
  const { name, tone } = STATES[stands.tag];
  const seats = me ? seatsOf(state, me) : [];
  return (
    <header class="stack">
      <nav class="crumbs" aria-label="Where you are">
        <a href={links.escrows()}>Escrows</a>
        <span aria-hidden="true">/</span>
        <span aria-current="page">{plain(terms.engagement_id)}</span>
      </nav>
      <div class="row apart start">
        <div class="stack tight">
          <div class="row">
            <h1>{titleOf(state)}</h1>
            <Badge tone={tone}>{name}</Badge>
          </div>
          {terms.description && <p class="lead">{plain(terms.description)}</p>}
          <div class="row small soft">
            <span>{plain(terms.engagement_id)}</span>
            <Address address={state.id} what="the escrow’s address" />
            {seats.length > 0 && <span>You are {seats.join(', ')}</span>}
          </div>
        </div>
        <Button href={links.receipts(state.id)} icon="receipt" small>
          Receipts
        </Button>
      </div>
    </header>
  );
}
