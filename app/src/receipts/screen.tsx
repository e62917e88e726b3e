import {
  formatAmount,
  readEscrow,
  readHistory,
  receiptsCsv,
  receiptsOf,
  type EscrowState,
  type Network,
  type Receipt,
} from 'tranche-client';
import { Warnings } from '../escrow/warnings.tsx';
import { titleOf } from '../escrow/words.ts';
import { useLoad } from '../load.ts';
import { networkName } from '../network/connection.ts';
import { asShown } from '../network/tokens.ts';
import { links } from '../route.ts';
import { Button } from '../ui/button.tsx';
import { Facts } from '../ui/facts.tsx';
import { ProblemNotice } from '../ui/problem.tsx';
import { dateOf, plain } from '../ui/words.ts';

/** Every movement of an escrow's money, from its events alone; as a file, or on paper. */
export function ReceiptsScreen({ network, id }: { network: Network; id: string }) {
  const { value, problem, loading, reload } = useLoad(() => read(network, id), [network, id]);
  if (!value) {
    return (
      <div class="page narrow stack wide">
        {loading && !problem ? (
          <p class="waiting">Reading what happened…</p>
        ) : (
          <h1>The receipts cannot be shown</h1>
        )}
        {problem && <ProblemNotice problem={problem} />}
        {problem && (
          <div class="row">
            <Button kind="primary" onClick={() => void reload()}>
              Try again
            </Button>
            <Button href={links.escrow(id)}>Go to the escrow</Button>
          </div>
        )}
      </div>
    );
  }
  const { state, receipts, from } = value;
  return (
    <div class="page stack wide receipts">
      <Warnings network={network} state={state} />
      <header class="stack">
        <nav class="crumbs" aria-label="Where you are">
          <a href={links.escrows()}>Escrows</a>
          <span aria-hidden="true">/</span>
          <a href={links.escrow(id)}>{titleOf(state)}</a>
          <span aria-hidden="true">/</span>
          <span aria-current="page">Receipts</span>
        </nav>
        <div class="row apart start">
          <h1>Receipts</h1>
          {state.version !== null && (
            <div class="row no-print">
              <Button
                small
                icon="down"
                onClick={() => download(state, receipts)}
                reason={receipts.length === 0 ? 'There is nothing to put in it yet.' : undefined}
              >
                CSV
              </Button>
              <Button small icon="print" onClick={() => print()}>
                Print
              </Button>
            </div>
          )}
        </div>
        {state.version === null && (
          <p class="soft">
            Code that is not known can tell of payments that never were. These are no receipts: the
            page neither prints them nor gives them out as a file.
          </p>
        )}
        <Facts
          rows={[
            ['Escrow', `${titleOf(state)}, ${plain(state.escrow.terms.engagement_id)}`],
            ['Its address', <code class="full">{state.id}</code>],
            ['Network', networkName(network.passphrase)],
            [
              'Token',
              <>
                {state.token.symbol} <code class="full">{state.token.address}</code>
              </>,
            ],
          ]}
        />
      </header>
      {receipts.length === 0 ? (
        <p class="empty">No money has moved here, as far as this server tells.</p>
      ) : (
        <ReceiptTable receipts={receipts} state={state} />
      )}
      <p class="faint small">
        Made from the escrow’s events alone, from ledger {from} on, as of ledger{' '}
        {state.ledger.sequence}. Each row can be checked by its transaction. What this server no
        longer tells stands on the chain all the same.
      </p>
    </div>
  );
}

async function read(network: Network, id: string) {
  const state = asShown(network, await readEscrow(network, id, { start: 0, limit: 0 }));
  const history = await readHistory(network, state);
  return { state, receipts: receiptsOf(history, state), from: history.from };
}

function ReceiptTable({ receipts, state }: { receipts: Receipt[]; state: EscrowState }) {
  return (
    <section class="card flush" aria-label="Movements of money">
      <table class="table">
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">What</th>
            <th scope="col">From, to</th>
            <th scope="col" class="right">
              {state.token.symbol}
            </th>
            <th scope="col">Transaction</th>
          </tr>
        </thead>
        <tbody>
          {receipts.map((receipt, at) => (
            <tr key={`${receipt.transaction} ${at}`}>
              <td data-label="When" class="small">
                {dateOf(BigInt(Date.parse(receipt.time) / 1000))}
                <p class="faint">ledger {receipt.ledger}</p>
              </td>
              <td data-label="What">{plain(receipt.what)}</td>
              <td data-label="From, to" class="small">
                <code class="full">{receipt.from}</code>
                <br />
                <code class="full">{receipt.to}</code>
              </td>
              <td data-label="Amount" class="right">
                {formatAmount(receipt.amount, state.token.decimals)}
              </td>
              <td data-label="Transaction" class="small">
                <code class="full">{receipt.transaction}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function download(state: EscrowState, receipts: Receipt[]): void {
  const file = new Blob([receiptsCsv(receipts, state.token)], { type: 'text/csv' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `receipts-${state.id}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}
