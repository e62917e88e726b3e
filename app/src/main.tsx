import { render } from 'preact';
import { App } from './app.tsx';
import { connection, reach } from './network/connection.ts';
import { followLedgers } from './network/clock.ts';
import { narrowPolicy } from './network/endpoint.ts';
import { followTheme } from './theme.ts';
import { resume } from './wallet/connect.ts';
import './styles/index.css';

narrowPolicy();
followTheme();

const stop = connection.watch((reached) => {
  if (reached.state !== 'connected') return;
  stop();
  followLedgers(reached.network);
  // Without its wallet the page can be read all the same.
  resume(reached.network.passphrase).catch(() => undefined);
});

const place = document.getElementById('app');
if (place) render(<App />, place);
void reach();
