import { readEscrow, type EscrowState, type Network, type Totals } from 'tranche-client';
import { useEffect, useState } from 'preact/hooks';
import { ActionSheet } from '../actions/sheet.tsx';
import { remember } from '../escrows/known.ts';
import { useLoad } from '../load.ts';
import { useLedgers } from '../network/clock.ts';
import { asShown } from '../network/tokens.ts';
import { links, type Route } from '../route.ts';
import { Button } from '../ui/button.tsx';
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
import { Warnings } from './warnings.tsx';
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
  const [start, setStart] = useState(milestone === undefined ? undefined : firstOfPage(milestone));
  useEffect(() => {
    if (milestone !== undefined) setStart(firstOfPage(milestone));
  }, [milestone]);
  const loaded = useLoad(() => read(network, id, start), [network, id, start], { stays: true });
  const { value: state, problem, loading, reload } = loaded;
  useLedgers(state?.ledger, loaded);
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
      <Warnings network={network} state={state} />
      {milestone === undefined ? (
        <Overview
          network={network}
          state={state}
          start={start ?? whereItStands(state.escrow.totals)}
          onStart={setStart}
        />
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

/** The page of the first milestone that is not settled, where they are settled in order. */
function whereItStands({ settled, milestones }: Totals): number {
  return firstOfPage(Math.min(settled, milestones - 1));
}

/** Reads a page of milestones: where the escrow stands, if none is named. */
async function read(network: Network, id: string, named?: number): Promise<EscrowState> {
  const state = await readEscrow(network, id, (totals) => ({
    start: named ?? whereItStands(totals),
    limit: PAGE,
  }));
  if (state.version !== null) remember(network, id);
  return asShown(network, state);
}

function Overview(props: {
  network: Network;
  state: EscrowState;
  start: number;
  onStart: (start: number) => void;
}) {
  const { network, state, start, onStart } = props;
  const isKnown = state.version !== null;
  return (
    <>
      <Head state={state} />
      {isKnown && <YourTurn state={state} />}
      <Money state={state} />
      <MilestoneTable state={state} start={start} size={PAGE} onStart={onStart} />
      <div class="columns">
        <div class="stack wide">
          <EscrowActions state={state} />
          <HistoryCard network={network} state={state} />
        </div>
        <div class="stack wide">
          {isKnown && <Funding state={state} />}
          <RolesCard state={state} />
          <PolicyCard state={state} />
        </div>
      </div>
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
