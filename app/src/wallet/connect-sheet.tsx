import { problemOf, type Network, type Problem } from 'tranche-client';
import { useRef, useState } from 'preact/hooks';
import { networkName } from '../network/connection.ts';
import { store, useStore } from '../store.ts';
import { Address } from '../ui/address.tsx';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { ProblemNotice } from '../ui/problem.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { say } from '../ui/status.tsx';
import { shortAddress } from '../ui/words.ts';
import { useLoad } from '../load.ts';
import {
  actAs,
  actWithFreighter,
  disconnect,
  stopConnecting,
  testAccounts,
  type TestAccount,
} from './connect.ts';
import { session, walletTrouble } from './session.ts';

/** Whether the person is choosing a wallet. */
export const connecting = store(false);

const close = () => connecting.set(false);

/** Where one chooses for whom the page acts. */
export function ConnectSheet({ network }: { network: Network }) {
  const who = useStore(session);
  const trouble = useStore(walletTrouble);
  return (
    <Sheet title={who ? 'Your wallet' : 'Connect a wallet'} onClose={close}>
      <div class="stack wide">
        {who ? (
          <div class="stack tight">
            <p class="soft">
              This page acts for{' '}
              {who.kind === 'freighter' ? 'an account of Freighter' : 'a test key of localnet'}:
            </p>
            <Address address={who.address} what="your address" full />
            {trouble && <Notice tone="wait" title={trouble} />}
            <div class="row">
              <Button onClick={disconnect}>Disconnect</Button>
            </div>
          </div>
        ) : (
          <p class="soft">
            You can look at every escrow without one. To act, your wallet signs: the page never sees
            a key of yours, and nothing is sent before you have seen what it says.
          </p>
        )}
        <FreighterChoice network={network} />
        <TestAccounts network={network} />
      </div>
    </Sheet>
  );
}

function FreighterChoice({ network }: { network: Network }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const attempt = useRef(0);
  const connect = async () => {
    const mine = ++attempt.current;
    const isLatest = () => mine === attempt.current;
    setBusy(true);
    setProblem(undefined);
    try {
      if (!(await actWithFreighter(network.passphrase))) return;
      if (walletTrouble.get() === undefined) close();
      say('Connected with Freighter.');
    } catch (caught) {
      if (isLatest()) setProblem(problemOf(caught));
    } finally {
      if (isLatest()) setBusy(false);
    }
  };
  const stop = () => {
    attempt.current++;
    stopConnecting();
    setBusy(false);
  };
  return (
    <section class="stack tight" aria-label="Freighter">
      <h3>Freighter</h3>
      <p class="soft small">
        A wallet in your browser. It has to be on {networkName(network.passphrase)}.
      </p>
      <div class="row">
        <Button
          kind="primary"
          icon="wallet"
          onClick={() => void connect()}
          busy={busy ? 'Asking Freighter…' : undefined}
        >
          Connect Freighter
        </Button>
        {busy && <Button onClick={stop}>Stop waiting</Button>}
      </div>
      {problem && <ProblemNotice problem={problem} />}
    </section>
  );
}

function TestAccounts({ network }: { network: Network }) {
  const accounts = useLoad(() => testAccounts(network.passphrase), [network]).value ?? [];
  const who = useStore(session);
  if (accounts.length === 0) return null;
  const choose = (account: TestAccount) => {
    actAs(account);
    close();
    say(`You act as ${account.name}, with a test key.`);
  };
  return (
    <section class="stack tight" aria-label="Test keys">
      <h3>
        Test keys <span class="tag test">localnet only</span>
      </h3>
      <p class="soft small">
        Accounts that localnet begins with. Everybody knows their keys: play any role with them, and
        never use them on another network.
      </p>
      <ul class="choices">
        {accounts.map((account) => (
          <li key={account.name}>
            <button
              type="button"
              class="choice"
              aria-pressed={who?.address === account.address}
              onClick={() => choose(account)}
            >
              <strong>{account.name}</strong>
              <code class="faint">{shortAddress(account.address)}</code>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
