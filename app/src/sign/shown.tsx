import type { ComponentChildren } from 'preact';
import { formatSum, type HandedOver, type Network } from 'tranche-client';
import { TermsReview, Warnings } from '../create/terms-review.tsx';
import { EXPLANATIONS, titleOf } from '../escrow/words.ts';
import { networkName } from '../network/connection.ts';
import { links } from '../route.ts';
import { Address } from '../ui/address.tsx';
import { Facts } from '../ui/facts.tsx';
import { plain } from '../ui/words.ts';
import type { Asked } from './asked.ts';

interface Props {
  network: Network;
  handed: HandedOver;
  asked: Asked;
}

/** What it is that is signed, read from the text itself and from the escrow that it is about. */
export function Shown({ network, handed, asked }: Props) {
  const signers: [string, ComponentChildren][] = [
    ['Sent by', <Address address={handed.source} full />],
    [
      'Still to be signed by',
      handed.coSigners.length > 0 &&
        handed.coSigners.map((one) => <Address key={one} address={one} full />),
    ],
  ];
  if (asked.what === 'creation') {
    const { id, draft, total } = asked.creation;
    return (
      <>
        <p class="soft">
          A new escrow is created. Who creates it and who is its admin sign for all of this.
        </p>
        <TermsReview network={network} draft={draft} token={asked.token} escrow={id} />
        <Warnings network={network} draft={draft} token={asked.token} />
        <section class="card stack">
          <Facts rows={[['Total that is signed', formatSum(total, asked.token)], ...signers]} />
        </section>
      </>
    );
  }
  const { state, seat, from, to } = asked;
  return (
    <section class="card stack">
      <p class="soft">{EXPLANATIONS.rotate}</p>
      <Facts
        rows={[
          ['Escrow', titleOf(state)],
          ['Its address', <Address address={state.id} what="the escrow’s address" full />],
          ['Seat', plain(seat)],
          ['From', <Address address={from} what="the present holder’s address" full />],
          ['To', <Address address={to} what="the new holder’s address" full />],
          ...signers,
          ['Network', networkName(network.passphrase)],
        ]}
      />
      <p>
        <a href={links.escrow(state.id)}>Look at the escrow</a>
      </p>
    </section>
  );
}
