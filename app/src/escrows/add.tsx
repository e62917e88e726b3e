import { escrowAddress, type Network } from 'tranche-client';
import { useState } from 'preact/hooks';
import { addressError, contractProblem } from '../actions/people.ts';
import { go, links } from '../route.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { remember } from './known.ts';

/** Adds an escrow by its address, or by who deployed which engagement. */
export function AddEscrow({ network, onAdded }: { network: Network; onAdded: () => void }) {
  const [id, setId] = useState('');
  const [deployer, setDeployer] = useState('');
  const [engagement, setEngagement] = useState('');
  const typed = id.trim();
  const idError = typed === '' ? undefined : contractProblem(typed);
  const by = deployer.trim();
  const byError = by === '' ? undefined : addressError(by);
  const derived =
    by !== '' && !byError && engagement !== ''
      ? escrowAddress(network.passphrase, by, engagement)
      : undefined;
  const add = (address: string) => {
    remember(network, address);
    onAdded();
    go(links.escrow(address));
  };
  return (
    <section class="card stack" aria-labelledby="add">
      <h2 id="add">Add an escrow</h2>
      <div class="halves">
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (typed !== '' && !idError) add(typed);
          }}
        >
          <TextField
            label="By its address"
            mono
            value={id}
            onInput={setId}
            error={idError}
            placeholder="C…"
          />
          <Button
            type="submit"
            reason={
              typed === '' ? 'Enter its address first.' : idError && 'Put the address right first.'
            }
          >
            Look at it
          </Button>
        </form>
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (derived) add(derived);
          }}
        >
          <TextField
            label="Or by who deployed it"
            mono
            value={deployer}
            onInput={setDeployer}
            error={byError}
            placeholder="G…"
          />
          <TextField
            label="and its engagement id"
            value={engagement}
            onInput={setEngagement}
            placeholder="HOUSE-1"
          />
          <Button
            type="submit"
            reason={derived ? undefined : 'Enter both, since the address follows from them.'}
          >
            Look at it
          </Button>
        </form>
      </div>
    </section>
  );
}
