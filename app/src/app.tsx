import type { Network } from 'tranche-client';
import { useEffect, useRef } from 'preact/hooks';
import { ConnectSheet, connecting } from './wallet/connect-sheet.tsx';
import { connection, reach } from './network/connection.ts';
import { CreateScreen } from './create/screen.tsx';
import { EscrowScreen } from './escrow/screen.tsx';
import { EscrowsScreen } from './escrows/screen.tsx';
import { Header } from './header.tsx';
import { NetworkScreen } from './network/screen.tsx';
import { ReceiptsScreen } from './receipts/screen.tsx';
import { links, route, type Route } from './route.ts';
import { SignScreen } from './sign/screen.tsx';
import { silence } from './network/clock.ts';
import { useStore } from './store.ts';
import { Boundary } from './ui/boundary.tsx';
import { Button } from './ui/button.tsx';
import { Notice } from './ui/notice.tsx';
import { ProblemNotice } from './ui/problem.tsx';
import { StatusLine } from './ui/status.tsx';

/** The whole page: header, screen, and what lies over it. */
export function App() {
  const place = useStore(route);
  const reached = useStore(connection);
  const asked = useStore(connecting);
  const drawn = useRef(screenOf(place));
  useEffect(() => {
    // Another screen is read from its beginning; the first one as browsers do.
    if (drawn.current === screenOf(place)) return;
    drawn.current = screenOf(place);
    document.getElementById('main')?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [screenOf(place)]);
  return (
    <>
      <a class="skip" href="#main" onClick={skip}>
        Skip to the content
      </a>
      <Header />
      <Outage />
      <main id="main" tabIndex={-1}>
        <Boundary place={JSON.stringify(place)}>
          {place.page === 'network' ? (
            <NetworkScreen />
          ) : reached.state === 'connected' ? (
            <Screen network={reached.network} place={place} />
          ) : reached.state === 'failed' ? (
            <Unreachable />
          ) : (
            <p class="waiting">Reaching the network…</p>
          )}
        </Boundary>
      </main>
      <Footer />
      {asked && reached.state === 'connected' && <ConnectSheet network={reached.network} />}
      <StatusLine />
    </>
  );
}

const screenOf = (place: Route): string => `${place.page} ${'id' in place ? place.id : ''}`;

function skip(event: Event): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

function Screen({ network, place }: { network: Network; place: Route }) {
  switch (place.page) {
    case 'escrows':
      return <EscrowsScreen network={network} role={place.role} />;
    case 'create':
      return <CreateScreen network={network} />;
    case 'escrow':
      return <EscrowScreen key={place.id} network={network} place={place} />;
    case 'receipts':
      return <ReceiptsScreen key={place.id} network={network} id={place.id} />;
    case 'sign':
      return <SignScreen key={place.text} network={network} given={place.text} />;
    case 'network':
      return <NetworkScreen />;
    case 'unknown':
      return (
        <div class="page narrow stack">
          <h1>There is nothing at this link</h1>
          <p class="soft">
            The page has no part called <code>{place.path}</code>. Perhaps the link was cut off.
          </p>
          <div class="row">
            <Button kind="primary" href={links.escrows()}>
              Go to your escrows
            </Button>
          </div>
        </div>
      );
  }
}

function Footer() {
  return (
    <footer class="foot">
      <a href={links.sign()}>Sign with somebody</a>
      <a href={links.network()}>Network</a>
      <span>No account, no tracking, no server but the one you choose.</span>
    </footer>
  );
}

function Unreachable() {
  const reached = useStore(connection);
  if (reached.state !== 'failed') return null;
  return (
    <div class="page narrow stack wide">
      <h1>The network cannot be reached</h1>
      <ProblemNotice problem={reached.problem} />
      <div class="row">
        <Button kind="primary" onClick={() => void reach()}>
          Try again
        </Button>
        <Button href={links.network()}>Choose another server</Button>
      </div>
    </div>
  );
}

/** Says so while the server does not answer, since what is shown may be out of date. */
function Outage() {
  const problem = useStore(silence);
  if (!problem) return null;
  return (
    <div class="outage">
      <Notice tone="bad" title={problem.happened}>
        <p>What you see may be out of date. The page goes on asking every few seconds.</p>
      </Notice>
    </div>
  );
}
