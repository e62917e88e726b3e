import { BUILD, isUploaded } from 'tranche-client';
import type { ComponentChildren } from 'preact';
import { useLoad } from '../load.ts';
import { Button } from '../ui/button.tsx';
import { FileButton } from '../ui/file.tsx';
import { Notice } from '../ui/notice.tsx';
import { ProblemNotice } from '../ui/problem.tsx';
import { upload, type Creation, type Setting } from './run.ts';

interface Props {
  setting: Setting;
  creation: Creation;
  onCreation: (creation: Creation) => void;
  children: ComponentChildren;
}

/** Lets through where the contract’s code is on the network; elsewhere it is uploaded first, once for all. */
export function CodeGate({ setting, creation, onCreation, children }: Props) {
  const { network } = setting;
  const there = useLoad(() => isUploaded(network), [network]);
  if (creation.state === 'failed' && creation.lookAgain) {
    return (
      <div class="row">
        <Button kind="primary" onClick={creation.lookAgain}>
          Look for it again
        </Button>
      </div>
    );
  }
  if (there.problem) {
    return (
      <>
        <ProblemNotice problem={there.problem} />
        <div class="row">
          <Button onClick={() => void there.reload()}>Try again</Button>
        </div>
      </>
    );
  }
  if (there.value === undefined) return <p class="waiting">Looking for the contract’s code…</p>;
  if (there.value) return <>{children}</>;
  const busy = creation.state === 'busy' ? creation : undefined;
  const take = async (file: File) => {
    await upload(setting, new Uint8Array(await file.arrayBuffer()), (next) => {
      onCreation(next);
      if (next.state === 'idle') void there.reload();
    });
  };
  return (
    <Notice tone="wait" title="The contract’s code is not on this network yet">
      <p>
        It is uploaded once, for all escrows of version {BUILD.version}; at Mainnet’s rates that
        takes about 70 XLM. Choose the file <code>escrow.wasm</code> that you built; its hash has to
        be <code class="full">{BUILD.hash}</code>.
      </p>
      <FileButton
        label={busy?.what ?? 'Choose escrow.wasm and upload it'}
        disabled={busy !== undefined}
        onFile={take}
      />
      {busy?.stop && (
        <div class="row">
          <Button small onClick={busy.stop}>
            Stop waiting
          </Button>
        </div>
      )}
    </Notice>
  );
}
