import { useState } from 'preact/hooks';
import { connection, networkName } from './connection.ts';
import { useLedger, useNow } from './clock.ts';
import { chooseEndpoint, endpoint, endpointProblem, ENDPOINTS } from './endpoint.ts';
import { useStore } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { Facts } from '../ui/facts.tsx';
import { TextField } from '../ui/field.tsx';
import { ProblemNotice } from '../ui/problem.tsx';
import { dateOf } from '../ui/words.ts';

/** Which network and server the page reads, and a choice of others. */
export function NetworkScreen() {
  const reached = useStore(connection);
  const ledger = useLedger();
  const now = useNow();
  const [url, setUrl] = useState(endpoint);
  const problem = endpointProblem(url);
  const same = url === endpoint;
  return (
    <div class="page narrow stack wide">
      <header class="stack tight">
        <h1>Network</h1>
        <p class="soft">
          All that this page needs is one RPC server. It reads the chain there and sends there what
          you have signed; it talks to nobody else.
        </p>
      </header>
      <section class="card stack">
        <Facts
          rows={[
            ['Server', <code class="full">{endpoint}</code>],
            [
              'Network',
              reached.state === 'connected'
                ? networkName(reached.network.passphrase)
                : 'not reached',
            ],
            ['Passphrase', reached.state === 'connected' ? reached.network.passphrase : undefined],
            ['Latest ledger', ledger === undefined ? undefined : String(ledger)],
            ['Its time', now === undefined ? undefined : dateOf(now)],
          ]}
        />
        {reached.state === 'failed' && <ProblemNotice problem={reached.problem} />}
      </section>
      <section class="card stack">
        <h2>Take another server</h2>
        <div class="row">
          {ENDPOINTS.map((choice) => (
            <Button key={choice.url} small onClick={() => setUrl(choice.url)}>
              {choice.name}
            </Button>
          ))}
        </div>
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (!problem && !same) chooseEndpoint(url);
          }}
        >
          <TextField label="RPC URL" value={url} onInput={setUrl} error={problem} type="url" mono />
          <div class="row">
            <Button
              type="submit"
              kind="primary"
              reason={
                problem
                  ? 'The URL has to be put right first.'
                  : same
                    ? 'This is the server in use.'
                    : undefined
              }
            >
              Use this server
            </Button>
          </div>
        </form>
      </section>
    </div>
  );
}
