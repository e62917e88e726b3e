import { readHistory, type EscrowState, type HistoryRow, type Network } from 'tranche-client';
import { useState } from 'preact/hooks';
import { useLoad } from '../load.ts';
import { Address } from '../ui/address.tsx';
import { Button } from '../ui/button.tsx';
import { Copy } from '../ui/copy.tsx';
import { ProblemNotice } from '../ui/problem.tsx';
import { dateOf, plain, shortAddress } from '../ui/words.ts';

interface Props {
  network: Network;
  state: EscrowState;
  /** Only what is about this one. */
  milestone?: number;
}

/** How many rows are shown before more are asked for. */
const FIRST = 12;

/** What happened, the latest first. */
export function HistoryCard({ network, state, milestone }: Props) {
  const { value, problem, loading, reload } = useLoad(
    () => readHistory(network, state),
    [network, state.id, fingerprint(state)],
    { stays: true },
  );
  const [all, setAll] = useState(false);
  const about = (row: HistoryRow) =>
    milestone === undefined ? row.event !== 'seat' : row.milestones.includes(milestone);
  const rows = (value?.rows ?? []).filter(about).reverse();
  return (
    <section class="card stack" aria-labelledby="history">
      <h2 id="history">History</h2>
      {problem && (
        <>
          <ProblemNotice problem={problem} />
          <div class="row">
            <Button small onClick={() => void reload()}>
              Read it again
            </Button>
          </div>
        </>
      )}
      {!value && loading && <p class="waiting">Reading what happened…</p>}
      <ol class="history">
        {rows.slice(0, all ? undefined : FIRST).map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </ol>
      {!all && rows.length > FIRST && (
        <div class="row">
          <Button small onClick={() => setAll(true)}>
            Show all {rows.length}
          </Button>
        </div>
      )}
      {value && rows.length === 0 && <p class="soft">Nothing that this server still tells of.</p>}
      {value && !value.rows.some(({ event }) => event === 'created') && (
        <p class="faint small">
          This server tells of ledgers from {value.from} on. What was before stands on the chain all
          the same.
        </p>
      )}
    </section>
  );
}

/** What changes whenever something has happened. */
function fingerprint({ escrow, balances, milestones }: EscrowState): string {
  const numbers = milestones.map(({ revision, approved_by, signed_by, flags, rulings, offers }) => [
    revision,
    approved_by.length,
    signed_by.length,
    ...Object.values(flags),
    rulings.length,
    offers.length,
  ]);
  return `${escrow.revision} ${Object.values(escrow.totals).join()} ${balances?.balance} ${numbers.join(';')}`;
}

function Row({ row }: { row: HistoryRow }) {
  return (
    <li>
      <p class="what">{plain(row.what)}</p>
      <p class="row small faint">
        <time dateTime={row.time}>{dateOf(BigInt(Date.parse(row.time) / 1000))}</time>
        {row.who && <Address address={row.who} />}
        <span class="transaction">
          ledger {row.ledger}, <code title={row.transaction}>{shortAddress(row.transaction)}</code>
          <Copy text={row.transaction} what="the transaction’s hash" />
        </span>
      </p>
    </li>
  );
}
