import { connection, networkName } from './network/connection.ts';
import { connecting } from './wallet/connect-sheet.tsx';
import { links, route } from './route.ts';
import { nameOf, names } from './wallet/names.ts';
import { session, walletTrouble } from './wallet/session.ts';
import { useStore } from './store.ts';
import { theme, type Theme } from './theme.ts';
import { Icon } from './ui/icons.tsx';
import { shortAddress } from './ui/words.ts';

/** The page's head: where one can go, which network this is, and for whom the page acts. */
export function Header() {
  const { page } = useStore(route);
  const current = (is: boolean) => (is ? ('page' as const) : undefined);
  return (
    <header class="top">
      <div class="top-inside">
        <a class="brand" href={links.escrows()}>
          <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
            <rect width="32" height="32" rx="8" fill="var(--accent)" />
            <path d="M8 9h16v4H8z" fill="var(--on-accent)" />
            <path d="M8 15h11v4H8z" fill="var(--on-accent)" opacity=".75" />
            <path d="M8 21h6v4H8z" fill="var(--on-accent)" opacity=".5" />
          </svg>
          <span class="brand-name">Tranche</span>
        </a>
        <nav aria-label="Main">
          <a href={links.escrows()} aria-current={current(page === 'escrows')}>
            Escrows
          </a>
          <a href={links.create()} aria-current={current(page === 'create')}>
            Create
          </a>
        </nav>
        <div class="top-end">
          <NetworkLink />
          <ThemeSwitch />
          <WalletButton />
        </div>
      </div>
    </header>
  );
}

function NetworkLink() {
  const reached = useStore(connection);
  const name =
    reached.state === 'connected'
      ? networkName(reached.network.passphrase)
      : reached.state === 'failed'
        ? 'No network'
        : 'Connecting';
  return (
    <a class={`network ${reached.state}`} href={links.network()} aria-label={`Network: ${name}`}>
      <span class="dot" aria-hidden="true" />
      <span class="network-name">{name}</span>
    </a>
  );
}

const NEXT: Record<Theme, Theme> = { auto: 'dark', dark: 'light', light: 'auto' };
const THEMES = {
  auto: { icon: 'half', name: 'as the system' },
  dark: { icon: 'moon', name: 'dark' },
  light: { icon: 'sun', name: 'light' },
} as const;

function ThemeSwitch() {
  const chosen = useStore(theme);
  const { icon, name } = THEMES[chosen];
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={`Colours: ${name}. Change`}
      title={`Colours: ${name}`}
      onClick={() => theme.set(NEXT[chosen])}
    >
      <Icon name={icon} />
    </button>
  );
}

function WalletButton() {
  const who = useStore(session);
  const trouble = useStore(walletTrouble);
  useStore(names);
  const open = () => connecting.set(true);
  if (!who) {
    return (
      <button type="button" class="button primary small" onClick={open}>
        <Icon name="wallet" size={16} />
        Connect
      </button>
    );
  }
  const name = nameOf(who.address);
  return (
    <button
      type="button"
      class={trouble ? 'account troubled' : 'account'}
      onClick={open}
      title={trouble ?? who.address}
    >
      {who.kind === 'test key' && <span class="tag test">test key</span>}
      <span class="account-name">{name ?? shortAddress(who.address)}</span>
      {trouble && <span class="unseen">. {trouble}</span>}
    </button>
  );
}
