import { formatAmount, isContract, type EscrowState } from 'tranche-client';
import { links } from '../route.ts';
import { Address } from '../ui/address.tsx';
import { Button } from '../ui/button.tsx';
import { Copy } from '../ui/copy.tsx';
import { Facts } from '../ui/facts.tsx';
import { Notice } from '../ui/notice.tsx';
import { ProblemNotice } from '../ui/problem.tsx';
import { xlm } from '../ui/words.ts';
import type { Change, Run } from './run.ts';
import type { MilestoneStanding } from './standings.ts';

interface Props {
  run: Run;
  state: EscrowState;
  onClose: () => void;
  onAgain: () => void;
}

const STAGES = {
  preparing: 'Asking the network…',
  signing:
    'Waiting for your wallet. Compare what it shows with what you saw here, then confirm there.',
  sending: 'Signed. Sending it to the network…',
  pending: 'Sent. Waiting for a ledger to take it…',
  reading: 'It stands on the chain. Reading what has changed…',
} as const;

const RESTORING =
  'What is archived is brought back first, by a transaction of its own. Confirm it in your wallet; then the action follows.';

/** How an action goes, and what came of it. */
export function RunView({ run, state, onClose, onAgain }: Props) {
  if (run.stage === 'handed over') return <HandedOver text={run.text} coSigners={run.coSigners} />;
  if (run.stage !== 'done') {
    return (
      <div class="stack">
        <p class="waiting" role="status">
          {run.restores ? RESTORING : STAGES[run.stage]}
        </p>
        {run.hash && <Hash hash={run.hash} />}
        {run.stage === 'pending' && (
          <p class="soft small">
            You can close this. The page goes on looking, and tells you what becomes of it.
          </p>
        )}
        {run.stop && (
          <div class="row">
            <Button onClick={run.stop}>
              {run.stage === 'pending' ? 'Stop looking' : 'Stop waiting'}
            </Button>
          </div>
        )}
      </div>
    );
  }
  if ('problem' in run) {
    return (
      <div class="stack">
        <ProblemNotice problem={run.problem} />
        {run.hash && <Hash hash={run.hash} />}
        <div class="row">
          {run.lookAgain ? (
            <Button kind="primary" onClick={run.lookAgain}>
              Look for it again
            </Button>
          ) : (
            <Button kind="primary" onClick={onAgain}>
              Try again
            </Button>
          )}
          <Button onClick={onClose}>{run.lookAgain ? 'Look at the escrow' : 'Close'}</Button>
        </div>
      </div>
    );
  }
  const { confirmed, changes, standings, plan } = run;
  const unpaid = standings?.some(({ owed }) => owed);
  return (
    <div class="stack">
      <Notice
        tone={unpaid ? 'wait' : 'good'}
        title={
          unpaid
            ? `It stands on the chain, in ledger ${confirmed.ledger}; but not everybody could be paid.`
            : `Done. It stands on the chain, in ledger ${confirmed.ledger}.`
        }
      />
      <Standings standings={standings} />
      <Changes changes={changes} state={state} />
      <details class="rest">
        <summary>What you signed</summary>
        <Facts rows={plan.rows} />
      </details>
      <Facts
        rows={[
          ['Network fee', xlm(confirmed.fee)],
          ['Transaction', <Hash hash={confirmed.hash} />],
        ]}
      />
      <div class="row">
        <Button kind="primary" onClick={onClose}>
          Done
        </Button>
        <Button href={links.receipts(state.id)} icon="receipt">
          Receipts
        </Button>
      </div>
    </div>
  );
}

/** How the milestones stand now, read after it. */
function Standings({ standings }: { standings: MilestoneStanding[] | undefined }) {
  if (!standings) {
    return <p class="soft">How it stands now could not be read. Look at the escrow.</p>;
  }
  if (standings.length === 0) return null;
  return <Facts rows={standings.map(({ milestone, stands }) => [milestone, stands])} />;
}

/** What others have to sign, to be given to them. */
function HandedOver({ text, coSigners }: { text: string; coSigners: string[] }) {
  const link = new URL(links.sign(text), location.href).href;
  const ofContract = coSigners.some(isContract);
  return (
    <div class="stack">
      <Notice tone="calm" title="Somebody else has to sign first. Nothing was sent yet.">
        <p>
          {ofContract
            ? 'Whoever opens this link sees what it says.'
            : 'Give them this link. They see what it says, sign their part, and give you a link back; with that one you send it.'}
        </p>
      </Notice>
      <ul>
        {coSigners.map((address) => (
          <li key={address}>
            <Address address={address} full />
          </li>
        ))}
      </ul>
      <LinkToGive link={link} />
      {ofContract && <ForItsTools text={text} />}
    </div>
  );
}

/** What a contract account signs, which a page cannot. */
export function ForItsTools({ text }: { text: string }) {
  return (
    <Notice tone="wait" title="A contract account has to sign, and this page cannot sign for it.">
      <p>
        Its own tools sign this text. What they give back, paste under{' '}
        <a href={links.sign()}>Sign with somebody</a>, and send it from there.{' '}
        <Copy text={text} what="the text" />
      </p>
      <code class="full">{text}</code>
    </Notice>
  );
}

/** A link that is to be given to somebody. */
export function LinkToGive({ link }: { link: string }) {
  return (
    <div class="row link-to-give">
      <a href={link}>Open the link here</a>
      <Copy text={link} what="the link" />
    </div>
  );
}

function Hash({ hash }: { hash: string }) {
  return (
    <span class="address shown">
      <code class="full">{hash}</code>
      <Copy text={hash} what="the transaction’s hash" />
    </span>
  );
}

/** What everybody held before, and holds now. */
function Changes({ changes, state }: { changes: Change[]; state: EscrowState }) {
  const moved = changes.filter(({ before, after }) => before !== after);
  if (moved.length === 0) return null;
  const { decimals, symbol } = state.token;
  return (
    <table class="table changes">
      <caption>Balances, in {symbol}</caption>
      <thead>
        <tr>
          <th scope="col">Whose</th>
          <th scope="col" class="right">
            Before
          </th>
          <th scope="col" class="right">
            After
          </th>
        </tr>
      </thead>
      <tbody>
        {moved.map(({ address, before, after }) => (
          <tr key={address}>
            <td data-label="Whose">
              {address === state.id ? 'The escrow' : <Address address={address} />}
            </td>
            <td class="right" data-label="Before">
              {formatAmount(before, decimals)}
            </td>
            <td class="right" data-label="After">
              <strong>{formatAmount(after, decimals)}</strong>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
