import {
  grossOf,
  isSettled,
  milestoneActions,
  silences,
  standing,
  type Action,
  type EscrowState,
  type Milestone,
  type Network,
} from 'tranche-client';
import { useNow } from '../network/clock.ts';
import { links } from '../route.ts';
import { useStore } from '../store.ts';
import { Address } from '../ui/address.tsx';
import { Amount } from '../ui/amount.tsx';
import { Badge } from '../ui/badge.tsx';
import { Countdown } from '../ui/countdown.tsx';
import { Facts } from '../ui/facts.tsx';
import { dateOf, plain } from '../ui/words.ts';
import { session } from '../wallet/session.ts';
import { HistoryCard } from './history.tsx';
import { Evidence, hex } from './texts.tsx';
import { Steps } from './steps.tsx';
import { ActionList } from './todo.tsx';
import { LABELS, milestoneTitle, titleOf, TONES } from './words.ts';

interface Props {
  network: Network;
  state: EscrowState;
  milestone: Milestone;
}

/** One milestone: how it stands, what it waits for, what anybody can do about it. */
export function MilestoneView({ network, state, milestone }: Props) {
  const me = useStore(session)?.address;
  const now = useNow() ?? state.ledger.time;
  const actions = milestoneActions(state, milestone, me ?? null, now);
  return (
    <>
      <MilestoneHead state={state} milestone={milestone} />
      <section class="card" aria-label="Progress">
        <Steps milestone={milestone} />
      </section>
      <div class="columns">
        <div class="stack wide">
          <section class="card stack" aria-labelledby="milestone-actions">
            <h2 id="milestone-actions">Actions</h2>
            {isSettled(milestone) ? (
              <Settled state={state} actions={actions} />
            ) : (
              <>
                {!me && (
                  <p class="soft small">Connect a wallet to see which of these are yours.</p>
                )}
                <ActionList state={state} actions={actions} />
              </>
            )}
          </section>
          <HistoryCard network={network} state={state} milestone={milestone.milestone} />
        </div>
        <div class="stack wide">
          <PaymentCard state={state} milestone={milestone} />
          <SilenceCard state={state} milestone={milestone} now={now} />
          <WorkCard milestone={milestone} />
          <VotesCard state={state} milestone={milestone} />
        </div>
      </div>
    </>
  );
}

/** After the end, what is owed can be claimed; all else is over for the same reason. */
function Settled({ state, actions }: { state: EscrowState; actions: Action[] }) {
  const possible = actions.filter(({ allowed }) => allowed);
  const over = actions.filter(({ allowed }) => !allowed);
  return (
    <>
      <p class="soft">This milestone is settled, and that is final.</p>
      {possible.length > 0 && <ActionList state={state} actions={possible} />}
      <details class="rest">
        <summary>What cannot be done any more ({over.length})</summary>
        <p class="soft">{over.map(({ method }) => LABELS[method]).join(', ')}.</p>
      </details>
    </>
  );
}

function MilestoneHead({ state, milestone }: Omit<Props, 'network'>) {
  const { status, waits } = standing(state, milestone);
  return (
    <header class="stack">
      <nav class="crumbs" aria-label="Where you are">
        <a href={links.escrows()}>Escrows</a>
        <span aria-hidden="true">/</span>
        <a href={links.escrow(state.id)}>{titleOf(state)}</a>
        <span aria-hidden="true">/</span>
        <span aria-current="page">Milestone {milestone.milestone}</span>
      </nav>
      <div class="row apart start">
        <div class="stack tight">
          <div class="row">
            <h1>{milestoneTitle(milestone)}</h1>
            <Badge tone={TONES[status]}>{status}</Badge>
          </div>
          {milestone.description && <p class="lead">{plain(milestone.description)}</p>}
          <p class="soft">{waits}</p>
        </div>
        <p class="figure">
          <Amount units={milestone.amount} token={state.token} />
        </p>
      </div>
    </header>
  );
}

function PaymentCard({ state, milestone }: Omit<Props, 'network'>) {
  const { token } = state;
  return (
    <section class="card stack" aria-labelledby="payment">
      <h2 id="payment">Payment</h2>
      <Facts
        rows={[
          ['To the receiver', <Amount units={milestone.amount} token={token} />],
          ['Platform fee', <Amount units={milestone.fee} token={token} />],
          ['Locked by the payer', <Amount units={grossOf(milestone)} token={token} />],
          ['Receiver', <Address address={milestone.receiver} what="the receiver’s address" full />],
          [
            'Waits to be claimed',
            milestone.credited > 0n && <Amount units={milestone.credited} token={token} />,
          ],
        ]}
      />
    </section>
  );
}

function SilenceCard({
  state,
  milestone,
  now,
}: {
  state: EscrowState;
  milestone: Milestone;
  now: bigint;
}) {
  const all = silences(state, milestone, now);
  return (
    <section class="card stack" aria-labelledby="silence">
      <h2 id="silence">If nobody acts</h2>
      {all.length === 0 && <p class="soft">Nothing happens by itself, as things stand.</p>}
      <ul class="stack tight">
        {all.map(({ at, what, method }) => (
          <li key={method} class="deadline">
            {at !== null && <Countdown at={at} />}
            <span class="soft">{what}</span>
            {at !== null && <span class="faint small">{dateOf(at)}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function WorkCard({ milestone }: { milestone: Milestone }) {
  return (
    <section class="card stack" aria-labelledby="work">
      <h2 id="work">Work</h2>
      <Facts
        rows={[
          ['Due', milestone.due > 0n ? dateOf(milestone.due) : 'no due date'],
          ['Note', milestone.note !== null && plain(milestone.note)],
          ['Evidence', milestone.evidence !== null && <Evidence text={milestone.evidence} />],
          ['Reason of the dispute', milestone.reason !== null && plain(milestone.reason)],
          [
            'Document, SHA-256',
            milestone.document && <code class="full">{hex(milestone.document)}</code>,
          ],
          ['Revision', String(milestone.revision)],
        ]}
      />
    </section>
  );
}

function VotesCard({ state, milestone }: Omit<Props, 'network'>) {
  const { token, escrow } = state;
  const list = (addresses: string[]) =>
    addresses.length > 0 && (
      <ul>
        {addresses.map((address) => (
          <li key={address}>
            <Address address={address} />
          </li>
        ))}
      </ul>
    );
  const positions = (all: Milestone['offers']) =>
    all.length > 0 && (
      <ul class="stack tight">
        {all.map(({ party, to_receiver }) => (
          <li key={party}>
            <Address address={party} />
            <span class="soft small">
              <Amount units={to_receiver} token={token} /> to the receiver,{' '}
              <Amount units={milestone.amount - to_receiver} token={token} /> back to the payer
            </span>
          </li>
        ))}
      </ul>
    );
  const { release_quorum, resolve_quorum } = escrow.terms.policy;
  return (
    <section class="card stack" aria-labelledby="votes">
      <h2 id="votes">Votes and offers</h2>
      <Facts
        rows={[
          [
            `Approvals, ${milestone.approved_by.length} of ${milestone.approvals_required}`,
            list(milestone.approved_by) || 'none yet',
          ],
          [
            `Release votes, ${milestone.signed_by.length} of ${release_quorum}`,
            release_quorum === 0
              ? 'not needed: anybody may release once approved'
              : list(milestone.signed_by) || 'none yet',
          ],
          [`Rulings; it takes ${resolve_quorum} equal ones`, positions(milestone.rulings)],
          ['Offers to split', positions(milestone.offers)],
          ['Asked to drop the dispute', list(milestone.resumed_by)],
        ]}
      />
    </section>
  );
}
