import type { Escrows, Network } from 'tranche-client';
import { links } from '../route.ts';
import { Address } from '../ui/address.tsx';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { counted } from '../ui/words.ts';
import { forgetEscrow, known } from './known.ts';

interface Other {
  id: string;
  why: string;
}

const UNKNOWN_CODE =
  'It runs code that this page does not know. It may be a look-alike: do not pay there.';

/**
 * What is not shown as an escrow. Anybody can emit the events by which escrows are found: what only they
 * told of is one line, however much it is.
 */
export function Others({ network, read }: { network: Network; read: Escrows }) {
  const unknown = read.escrows.filter(({ version }) => version === null);
  const all = [...unknown.map(({ id }) => ({ id, why: UNKNOWN_CODE })), ...read.others];
  if (all.length === 0) return null;
  const remembered = known(network);
  const told = all.filter(({ id }) => remembered.includes(id));
  const found = all.filter(({ id }) => !remembered.includes(id));
  return (
    <section class="stack" aria-labelledby="others">
      <h2 id="others">Not shown as escrows</h2>
      {told.map((other) => (
        <OtherNotice key={other.id} network={network} other={other} />
      ))}
      {found.length > 0 && (
        <details class="rest">
          <summary>
            {counted(found.length, 'contract')} {found.length === 1 ? 'names' : 'name'} you, and{' '}
            {found.length === 1 ? 'is no escrow' : 'are no escrows'} that this page knows
          </summary>
          <div class="stack">
            {found.slice(0, MOST).map((other) => (
              <OtherNotice key={other.id} network={network} other={other} />
            ))}
          </div>
        </details>
      )}
    </section>
  );
}

/** More than these nobody looks at; the others follow as these are forgotten. */
const MOST = 50;

function OtherNotice({ network, other: { id, why } }: { network: Network; other: Other }) {
  return (
    <Notice tone="wait" title={why}>
      <div class="row">
        <Address address={id} />
        <a href={links.escrow(id)}>Look at it</a>
        <Button small kind="quiet" onClick={() => forgetEscrow(network, id)}>
          Forget it
        </Button>
      </div>
    </Notice>
  );
}
