import {
  findEscrows,
  problemOf,
  readEscrows,
  type Found,
  type Network,
  type Problem,
  type Seat,
} from 'tranche-client';
import { useState } from 'preact/hooks';
import { ROLES, STATES } from '../escrow/words.ts';
import { useLoad } from '../load.ts';
import { ledgerNow, useLedgers } from '../network/clock.ts';
import { asShown } from '../network/tokens.ts';
import { links } from '../route.ts';
import { useStore } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { ProblemNotice } from '../ui/problem.tsx';
import { connecting } from '../wallet/connect-sheet.tsx';
import { session } from '../wallet/session.ts';
import { AddEscrow } from './add.tsx';
import { forgotten, known, knownChanged } from './known.ts';
import { Others } from './others.tsx';
import { EscrowTable } from './table.tsx';
import {
  linkOfSeat,
  narrowed,
  ORDERS,
  rowsOf,
  seatOfLink,
  type Filter,
  type Order,
  type Row,
} from './view.ts';

/** A server that tells of these leaves nothing out. */
const FIRST_LEDGERS = 2;

/** The escrows of who looks, what waits for them first. */
export function EscrowsScreen({ network, role }: { network: Network; role: string | undefined }) {
  const me = useStore(session)?.address;
  const changed = useStore(knownChanged);
  const [adding, setAdding] = useState(false);
  const [filter, setFilter] = useState<Omit<Filter, 'role'>>({
    text: '',
    stands: '',
    order: 'waiting',
  });
  const loaded = useLoad(() => readAll(network, me), [network, me, changed], { stays: true });
  const { value, problem, loading, reload } = loaded;
  useLedgers(value?.ledger, loaded);
  const ours = (value?.escrows ?? []).filter(({ version }) => version !== null);
  const rows = rowsOf(ours, me, ledgerNow() ?? value?.ledger.time ?? 0n, known(network));
  const seat = ROLES.find(([one]) => one === seatOfLink(role))?.[0];
  const shown = narrowed(rows, { ...filter, role: me ? seat : undefined });
  return (
    <div class="page stack wide">
      <header class="row apart">
        <h1>Escrows</h1>
        <div class="row">
          <Button small icon="plus" onClick={() => setAdding(!adding)}>
            Add one
          </Button>
          <Button small kind="primary" href={links.create()}>
            Create an escrow
          </Button>
        </div>
      </header>
      {adding && <AddEscrow network={network} onAdded={() => setAdding(false)} />}
      {problem && (
        <>
          <ProblemNotice problem={problem} />
          <div class="row">
            <Button onClick={() => void reload()} busy={loading ? 'Reading…' : undefined}>
              Try again
            </Button>
          </div>
        </>
      )}
      {me && value && <RoleTabs rows={rows} chosen={seat} />}
      {rows.length > 0 && <Filters filter={filter} onFilter={setFilter} />}
      {!value && loading && <p class="waiting">Looking for escrows…</p>}
      {shown.length > 0 && <EscrowTable rows={shown} mine={me !== undefined} />}
      {value && shown.length === 0 && rows.length > 0 && (
        <p class="empty">No escrow fits. Choose another role or filter.</p>
      )}
      {value && rows.length === 0 && <Nothing connected={me !== undefined} />}
      {value?.searchProblem && <ProblemNotice problem={value.searchProblem} />}
      {value?.from !== undefined && value.from > FIRST_LEDGERS && (
        <p class="faint small">
          Escrows in which you got a seat before ledger {value.from} are not found by themselves:
          this server does not tell of earlier ones. Add them by address or engagement id; this
          browser remembers them.
        </p>
      )}
      {value && <Others network={network} read={value} />}
    </div>
  );
}

async function readAll(network: Network, me: string | undefined) {
  const remembered = known(network);
  let found: Partial<Found> = {};
  let searchProblem: Problem | undefined;
  if (me) {
    try {
      found = await findEscrows(network, me);
    } catch (caught) {
      // What is remembered can be read all the same.
      searchProblem = problemOf(caught);
    }
  }
  const unwanted = new Set(forgotten(network));
  const seated = (found.ids ?? []).filter((id) => !unwanted.has(id));
  const ids = [...new Set([...remembered, ...seated])];
  const read = await readEscrows(network, ids, found.latest);
  const escrows = read.escrows.map((state) => asShown(network, state));
  return { ...read, escrows, from: found.from, searchProblem };
}

function RoleTabs({ rows, chosen }: { rows: Row[]; chosen: Seat | undefined }) {
  const count = (seat: Seat) => rows.filter(({ seats }) => seats.includes(seat)).length;
  const tabs = ROLES.filter(([seat]) => count(seat) > 0 || seat === chosen);
  return (
    <nav class="tabs" aria-label="My role">
      <a href={links.escrows()} aria-current={chosen === undefined ? 'page' : undefined}>
        All <span class="count">{rows.length}</span>
      </a>
      {tabs.map(([seat, name]) => (
        <a
          key={seat}
          href={links.escrows(linkOfSeat(seat))}
          aria-current={chosen === seat ? 'page' : undefined}
        >
          {name} <span class="count">{count(seat)}</span>
        </a>
      ))}
    </nav>
  );
}

interface FiltersProps {
  filter: Omit<Filter, 'role'>;
  onFilter: (filter: Omit<Filter, 'role'>) => void;
}

function Filters({ filter, onFilter }: FiltersProps) {
  const states: [string, string][] = Object.entries(STATES).map(([tag, { name }]) => [tag, name]);
  return (
    <div class="filters">
      <TextField
        label="Search"
        value={filter.text}
        onInput={(text) => onFilter({ ...filter, text })}
        placeholder="Title, engagement id or address"
      />
      <SelectField
        label="State"
        value={filter.stands}
        onInput={(stands) => onFilter({ ...filter, stands })}
        choices={[['', 'Any'], ...states]}
      />
      <SelectField
        label="Order"
        value={filter.order}
        onInput={(order) => onFilter({ ...filter, order: orderOf(order) })}
        choices={ORDERS}
      />
    </div>
  );
}

const orderOf = (text: string): Order => ORDERS.find(([order]) => order === text)?.[0] ?? 'waiting';

function Nothing({ connected }: { connected: boolean }) {
  return (
    <section class="card empty stack">
      <h2>{connected ? 'No escrow of yours is known here' : 'See what waits for you'}</h2>
      <p class="soft">
        {connected
          ? 'Add one by its address or engagement id, or create the first.'
          : 'Connect a wallet to find the escrows in which you hold a seat. To look at any other, add it by its address: that needs no wallet.'}
      </p>
      {!connected && (
        <div class="row">
          <Button kind="primary" icon="wallet" onClick={() => connecting.set(true)}>
            Connect
          </Button>
        </div>
      )}
    </section>
  );
}
