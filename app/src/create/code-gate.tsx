import { BUILD, isUploaded, type Network } from 'tranche-client';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useLoad } from '../load.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { ProblemNotice } from '../ui/problem.tsx';
import type { Session } from '../wallet/session.ts';
import { upload, type Creation } from './run.ts';

/** Lets through where the contract’s code is on the network; elsewhere it is uploaded first, once for all. */
export function CodeGate({
  network,
  who,
  children,
}: {
  network: Network;
  who: Session;
  children: ComponentChildren;
}) {
  const there = useLoad(() => isUploaded(network), [network]);
  const [going, setGoing] = useState<Creation>();
  if (there.problem) return <ProblemNotice problem={there.problem} />;
  if (there.value === undefined) return <p class="waiting">Looking for the contract’s code…</p>;
  if (there.value) return <div class="row">{children}</div>;
  const busy = going?.state === 'busy' ? going.what : undefined;
  return (
    <Notice tone="wait" title="The contract’s code is not on this network yet">
      <p>
        It is uploaded once, for all escrows of version {BUILD.version}; at Mainnet’s rates that
        takes about 70 XLM. Choose the file <code>escrow.wasm</code> that you built; its hash has to
        be <code class="full">{BUILD.hash}</code>.
      </p>
      {going?.state === 'failed' && <ProblemNotice problem={going.problem} />}
      <label class="file">
        <span class="button small">{busy ?? 'Choose escrow.wasm and upload it'}</span>
        <input
          type="file"
          class="unseen"
          onChange={async (event) => {
            const file = event.currentTarget.files?.[0];
            if (!file) return;
            await upload(
              { network, session: who },
              new Uint8Array(await file.arrayBuffer()),
              setGoing,
            );
            await there.reload();
          }}
        />
      </label>
      {going?.state === 'busy' && going.stop && (
        <div class="row">
          <Button small onClick={going.stop}>
            Stop waiting
          </Button>
        </div>
      )}
    </Notice>
  );
}
