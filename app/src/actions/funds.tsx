import {
  calls,
  formatSum,
  readBalance,
  readMilestones,
  readToken,
  type Milestone,
  type Token,
} from 'tranche-client';
import { useState } from 'preact/hooks';
import { milestoneTitle, percent } from '../escrow/words.ts';
import { useLoad } from '../load.ts';
import { shownToken } from '../network/tokens.ts';
import { Address } from '../ui/address.tsx';
import { Amount } from '../ui/amount.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { counted } from '../ui/words.ts';
import { contractProblem } from './people.ts';
import type { FormProps, Plan } from './plan.ts';

/** The choice that is there however many milestones come and go. */
const ALL = 'all';

/** `fund` and `count_deposit`: every milestone through the chosen one. */
export function FundForm({ context, method, children }: FormProps) {
  const { state, network } = context;
  const { totals, terms, revision } = state.escrow;
  const last = totals.milestones - 1;
  const [chosen, setChosen] = useState(ALL);
  const isOpen = Number(chosen) >= totals.funded && Number(chosen) < last;
  const through = isOpen ? Number(chosen) : last;
  const open = useLoad(() => openMilestones(), [network, state]);
  const { token } = state;

  async function openMilestones() {
    const count = Math.min(last + 1 - totals.funded, MAX_CHOICES);
    return readMilestones(network, state, totals.funded, count);
  }

  const choices: [string, string][] = [
    [ALL, `All, through ${last}`],
    ...(open.value ?? [])
      .filter(({ milestone }) => milestone !== last)
      .map((one): [string, string] => [
        String(one.milestone),
        `Through ${one.milestone} ${milestoneTitle(one)}`,
      ]),
  ];
  const planOf = (read: Milestone[]): Plan => {
    const known = read.filter(({ milestone }) => milestone <= through);
    const count = through - totals.funded + 1;
    const fee = known.reduce((sum, one) => sum + one.fee, 0n);
    const whole = { ...state, milestones: read };
    const call = method === 'fund' ? calls.fund(whole, through) : calls.countDeposit(whole, through);
    return {
      call,
      rows: [
        ['Milestones', `${totals.funded} to ${through}, ${counted(count, 'milestone')}`],
        [
          method === 'fund' ? 'You lock' : 'Counted',
          <strong>
            <Amount units={call.args.amount} token={token} />
          </strong>,
        ],
        ['For', <Receivers milestones={known} token={token} />],
        [
          'Not shown',
          known.length < count &&
            `whom milestones ${totals.funded + known.length} to ${through} pay: choose fewer to see it before you sign`,
        ],
        [
          `Fee, ${percent(terms.platform_fee_bps)}`,
          known.length === count && (
            <>
              <Amount units={fee} token={token} /> of it, for the platform
            </>
          ),
        ],
        ['Platform', <Address address={terms.roles.platform} what="the platform’s address" full />],
        ['Approved by', <People addresses={terms.roles.approvers} what="an approver’s address" />],
        [
          'Released by',
          terms.roles.release_signers.length === 0 ? (
            'anybody, once it is approved'
          ) : (
            <People addresses={terms.roles.release_signers} what="a release signer’s address" />
          ),
        ],
        ['Terms', `revision ${revision}`],
      ],
      parties: [terms.roles.payer],
    };
  };
  return (
    <>
      <SelectField
        label="Which milestones"
        value={isOpen ? chosen : ALL}
        onInput={setChosen}
        choices={choices}
        hint="Milestones are funded whole, in the order of their numbers."
      />
      {children(
        open.value ? planOf(open.value) : (open.problem?.happened ?? 'Reading the milestones…'),
      )}
    </>
  );
}

/** Whom these milestones pay, each with what all of theirs come to. */
function Receivers({ milestones, token }: { milestones: Milestone[]; token: Token }) {
  const sums = new Map<string, bigint>();
  for (const { receiver, amount } of milestones) {
    sums.set(receiver, (sums.get(receiver) ?? 0n) + amount);
  }
  return (
    <ul class="stack tight">
      {[...sums].map(([receiver, units]) => (
        <li key={receiver}>
          <strong>
            <Amount units={units} token={token} />
          </strong>{' '}
          <Address address={receiver} what="a receiver’s address" full />
        </li>
      ))}
    </ul>
  );
}

function People({ addresses, what }: { addresses: string[]; what: string }) {
  return (
    <ul class="stack tight">
      {addresses.map((address) => (
        <li key={address}>
          <Address address={address} what={what} full />
        </li>
      ))}
    </ul>
  );
}

/** More milestones than this are shown, and chosen from, in portions. */
const MAX_CHOICES = 200;

/** `withdraw`: what no milestone needs, or another token that came here. */
export function WithdrawForm({ context, children }: FormProps) {
  const { state, network } = context;
  const { payer } = state.escrow.terms.roles;
  const own = state.escrow.terms.token;
  const [other, setOther] = useState('');
  const token = other.trim() || own;
  const error = other.trim() === '' ? undefined : contractProblem(other.trim());
  const held = useLoad(async () => {
    if (error || token === own) return undefined;
    const known = shownToken(network, await readToken(network, token));
    return { known, units: await readBalance(network, known, state.id) };
  }, [network, token, error, state]);
  const sum =
    token === own
      ? state.balances && formatSum(state.balances.unreserved, state.token)
      : held.value && formatSum(held.value.units, held.value.known);
  const nothing =
    token === own && state.balances && state.balances.unreserved <= 0n
      ? `No ${state.token.symbol} is here that is not needed.`
      : held.value?.units === 0n
        ? 'Nothing of this token is here.'
        : undefined;
  const plan: Plan = {
    call: calls.withdraw(state, token),
    rows: [
      ['Takes out', <strong>{sum ?? 'all of it'}</strong>],
      ['Token taken out', <Address address={token} what="the token’s address" full />],
      ['To the payer', <Address address={payer} what="the payer’s address" full />],
    ],
    parties: [payer],
  };
  return (
    <>
      <TextField
        label="Another token"
        optional
        mono
        value={other}
        onInput={setOther}
        error={error ?? held.problem?.happened}
        placeholder="C…"
        hint="The contract of a token that was sent here by mistake. Leave it empty for the escrow’s own."
      />
      {children(error ?? held.problem?.happened ?? nothing ?? plan)}
    </>
  );
}
