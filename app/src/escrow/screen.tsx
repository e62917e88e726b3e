import { readEscrow, type EscrowState, type Network } from 'tranche-client';
import { useEffect, useState } from 'preact/hooks';
import { ActionSheet } from '../actions/sheet.tsx';
import { remember } from '../escrows/known.ts';
import { useLoad } from '../load.ts';
import { noteLedger, onLedger } from '../network/clock.ts';
import { links, type Route } from '../route.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { ProblemNotice } from '../ui/problem.tsx';
import { plain } from '../ui/words.ts';
import { Head } from './head.tsx';
import { HistoryCard } from './history.tsx';
import { Funding } from './funding.tsx';
import { MilestoneView } from './milestone.tsx';
import { MilestoneTable } from './milestones.tsx';
import { Money } from './money.tsx';
import { EscrowActions, YourTurn } from './todo.tsx';
import { PolicyCard, RolesCard } from './terms.tsx';
import { titleOf } from './words.ts';

/** How many milestones are shown at once. */
const PAGE = 50;

/** One escrow, for anybody; one of its milestones, if the link names it. */
export function EscrowScreen({
  network,
  place,
}: {
  network: Network;
  place: Extract<Route, { page: 'escrow' }>;
}) {
  const { id, milestone, action } = place;
  const [start, setStart] = useState(firstOfPage(milestone));
  useEffect(() => {
    if (milestone !== undefined) setStart(firstOfPage(milestone));
  }, [milestone]);
  const {
    value: state,
    problem,
    loading,
    reload,
  } = useLoad(() => read(network, id, start), [network, id, start], { stays: true });
  const readAt = state?.ledger.sequence;
  useEffect(() => {
    if (readAt === undefined) return undefined;
    return onLedger(({ sequence }) => void (sequence !== readAt && reload()));
  }, [reload, readAt]);
  useEffect(() => {
    if (state) noteLedger(state.ledger);
  }, [state]);
  useEffect(() => {
    if (state) document.title = `${titleOf(state)} · Tranche`;
    return () => void (document.title = 'Tranche');
  }, [state && titleOf(state)]);
  if (!state) {
    return (
      <div class="page narrow stack wide">
        {problem ? (
          <>
            <h1>This escrow cannot be shown</h1>
            <code class="full">{plain(id)}</code>
            <ProblemNotice problem={problem} />
            <div class="row">
              <Button
                kind="primary"
                onClick={() => void reload()}
                busy={loading ? 'Reading…' : undefined}
              >
                Try again
              </Button>
              <Button href={links.escrows()}>Go to your escrows</Button>
            </div>
          </>
        ) : (
          <p class="waiting">Reading the escrow…</p>
        )}
      </div>
    );
  }
  const shown = state.milestones.find((one) => one.milestone === milestone);
  return (
    <div class="page stack wide">
      {problem && <ProblemNotice problem={problem} />}
      <Warnings state={state} />
      {milestone === undefined ? (
        <Overview network={network} state={state} start={start} onStart={setStart} />
      ) : shown ? (
        <MilestoneView network={network} state={state} milestone={shown} />
      ) : (
        <NoSuchMilestone state={state} milestone={milestone} loading={loading} />
      )}
      {action && (milestone === undefined || shown) && (
        <ActionSheet
          key={`${milestone} ${action}`}
          network={network}
          state={state}
          milestone={shown}
          action={action}
          reload={reload}
        />
      )}
    </div>
  );
}

const firstOfPage = (milestone = 0): number => milestone - (milestone % PAGE);

async function read(network: Network, id: string, start: number): Promise<EscrowState> {
  const state = await readEscrow(network, id, { start, limit: PAGE });
  if (state.version !== null) remember(network, id);
  return state;
}

function Overview(props: {
  network: Network;
  state: EscrowState;
  start: number;
  onStart: (start: number) => void;
}) {
  const { network, state, start, onStart } = props;
  return (
    <>
      <Head state={state} />
      <YourTurn state={state} />
      <Money state={state} />
      <MilestoneTable state={state} start={start} size={PAGE} onStart={onStart} />
      <div class="columns">
        <div class="stack wide">
          <EscrowActions state={state} />
          <HistoryCard network={network} state={state} />
        </div>
        <div class="stack wide">
          <Funding state={state} />
          <RolesCard state={state} />
          <PolicyCard state={state} />
        </div>
      </div>
    </>
  );
}

function Warnings({ state }: { state: EscrowState }) {
  return (
    <>
      {state.version === null && (
        <Notice tone="bad" title="This contract runs code that this page does not know.">
          <p>
            It answers like an escrow, and may do something else. Do not send money to it, and do
            not sign for it, unless you know where its code comes from. Its hash is{' '}
            <code class="full">{state.wasmHash}</code>.
          </p>
        </Notice>
      )}
      {state.archived && (
        <Notice
          tone="calm"
          title="Nothing has happened here for a long time, and the network has put it to rest."
        >
          <p>Nothing is lost. The next action brings it back, and pays a little more for that.</p>
        </Notice>
      )}
    </>
  );
}

function NoSuchMilestone(props: { state: EscrowState; milestone: number; loading: boolean }) {
  const { state, milestone, loading } = props;
  if (loading) return <p class="waiting">Reading the milestone…</p>;
  return (
    <div class="stack">
      <h1>There is no milestone {milestone}</h1>
      <p class="soft">This escrow has {state.escrow.totals.milestones}, counted from 0.</p>
      <div class="row">
        <Button kind="primary" href={links.escrow(state.id)}>
          Go to the escrow
        </Button>
      </div>
    </div>
  );
}
