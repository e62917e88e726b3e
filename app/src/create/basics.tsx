import type { Network, Token } from 'tranche-client';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import type { Loaded } from '../load.ts';
import { usdcOf } from '../network/tokens.ts';
import { DocumentField } from './document.tsx';
import { policyOf, type Form, type Preset } from './form.ts';
import type { PartProps } from './screen.tsx';

const PRESETS: readonly (readonly [Preset, string, string])[] = [
  [
    'arbitrated',
    'With arbitration',
    'Approvers approve, release signers pay, and resolvers rule on disputes. Every silence ends.',
  ],
  [
    'buyer confirms',
    'Buyer confirms',
    'The buyer confirms each milestone, which pays it. No dispute is possible; silence pays the seller.',
  ],
];

interface Props extends PartProps {
  network: Network;
  token: Loaded<Token | undefined>;
}

/** What it is about, in which token, for which fee. */
export function Basics({ form, onForm, errorOf, network, token }: Props) {
  const set = (change: Partial<Form>) => onForm({ ...form, ...change });
  const choose = (preset: Preset) => {
    const resolvers =
      preset === 'arbitrated' && form.lists.dispute_resolvers.length === 0
        ? ['']
        : form.lists.dispute_resolvers;
    set({ preset, ...policyOf(preset), lists: { ...form.lists, dispute_resolvers: resolvers } });
  };
  const usdc = usdcOf(network);
  return (
    <div class="stack wide">
      <fieldset class="stack tight">
        <legend>What kind of escrow</legend>
        <div class="halves">
          {PRESETS.map(([preset, name, what]) => (
            <button
              key={preset}
              type="button"
              class="choice tall"
              aria-pressed={form.preset === preset}
              onClick={() => choose(preset)}
            >
              <strong>{name}</strong>
              <span class="soft small">{what}</span>
            </button>
          ))}
        </div>
      </fieldset>
      <TextField
        label="Engagement id"
        value={form.engagement_id}
        onInput={(engagement_id) => set({ engagement_id })}
        error={errorOf('engagement_id')}
        hint="Yours, such as an order number. With your address it gives the escrow’s address."
        placeholder="HOUSE-1"
      />
      <TextField
        label="Title"
        optional
        value={form.title}
        onInput={(title) => set({ title })}
        error={errorOf('title')}
        placeholder="A house on the hill"
      />
      <TextField
        label="Description"
        optional
        lines={3}
        value={form.description}
        onInput={(description) => set({ description })}
        error={errorOf('description')}
        hint="Up to 500 bytes, for everybody to read."
      />
      <DocumentField
        value={form.document}
        onInput={(document) => set({ document })}
        error={errorOf('document')}
        hint="The SHA-256 of a text kept elsewhere, such as a statement of work."
      />
      <div class="pair">
        <div class="stack tight">
          <TextField
            label="Token"
            mono
            value={form.token}
            onInput={(text) => set({ token: text })}
            error={errorOf('token') ?? token.problem?.happened}
            hint={
              token.value
                ? `${token.value.symbol}, with ${token.value.decimals} decimals.`
                : 'native, CODE:ISSUER, or a contract (C…).'
            }
          />
          <div class="row">
            <Button small kind="quiet" onClick={() => set({ token: 'native' })}>
              XLM
            </Button>
            {usdc && (
              <Button small kind="quiet" onClick={() => set({ token: usdc })}>
                USDC
              </Button>
            )}
            {token.problem && (
              <Button small onClick={() => void token.reload()}>
                Try again
              </Button>
            )}
          </div>
        </div>
        <TextField
          label="Platform fee"
          suffix="%"
          inputMode="decimal"
          value={form.fee}
          onInput={(fee) => set({ fee })}
          error={errorOf('platform_fee_bps')}
          hint="On top of each amount; the receiver gets the amount whole."
        />
      </div>
    </div>
  );
}
