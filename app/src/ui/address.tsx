import { useState } from 'preact/hooks';
import { names } from '../wallet/names.ts';
import { session } from '../wallet/session.ts';
import { useStore } from '../store.ts';
import { Copy } from './copy.tsx';
import { shortAddress } from './words.ts';

interface Props {
  address: string;
  /** What it is the address of, for screen readers. */
  what?: string;
  /** Written out from the start, as where somebody is about to be paid. */
  full?: boolean;
}

/** An address: its ends, all of it on demand, whose it is if the page knows, and a way to copy it. */
export function Address({ address, what = 'the address', full = false }: Props) {
  const [opened, setOpened] = useState(false);
  const me = useStore(session)?.address;
  const name = useStore(names).get(address);
  const shown = full || opened;
  return (
    <span class={shown ? 'address shown' : 'address'}>
      {address === me && <span class="tag you">you</span>}
      {name && <span class="tag">{name}</span>}
      <span class={shown ? '' : 'ends'}>
        {full ? (
          <code class="full">{address}</code>
        ) : (
          <button
            type="button"
            class="plain-button"
            aria-expanded={shown}
            aria-label={shown ? `${address}, show less` : `${shortAddress(address)}, show in full`}
            title={address}
            onClick={() => setOpened(!opened)}
          >
            <code class={shown ? 'full' : ''}>{shown ? address : shortAddress(address)}</code>
          </button>
        )}
        {address.startsWith('C') && <span class="tag quiet">contract</span>}
        <Copy text={address} what={what} />
      </span>
    </span>
  );
}
