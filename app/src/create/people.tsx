import { session } from '../wallet/session.ts';
import { names } from '../wallet/names.ts';
import { useStore } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';

interface PersonProps {
  label: string;
  hint?: string;
  value: string;
  onInput: (value: string) => void;
  error?: string | undefined;
}

/** The address of somebody; on localnet also by the name of a test account. */
export function Person({ label, hint, value, onInput, error }: PersonProps) {
  const me = useStore(session)?.address;
  const known = useStore(names);
  const take = (typed: string) => {
    const named = [...known].find(([, name]) => name === typed.trim());
    onInput(named ? named[0] : typed);
  };
  const name = known.get(value);
  return (
    <div class="stack tight">
      <TextField
        label={label}
        mono
        value={value}
        onInput={take}
        error={error}
        hint={name ? `The test account ${name}. ${hint ?? ''}` : hint}
        placeholder={known.size > 0 ? 'G…, C…, or a name such as payer' : 'G… or C…'}
      />
      {me && value === '' && (
        <div>
          <Button small kind="quiet" onClick={() => onInput(me)}>
            Use my address
          </Button>
        </div>
      )}
    </div>
  );
}

interface PeopleProps {
  label: string;
  hint: string;
  list: string[];
  least: number;
  onList: (list: string[]) => void;
  /** What is wrong with the one at this place, or with the list as a whole. */
  errorOf: (at?: number) => string | undefined;
}

const MOST = 10;

/** A list of people who share a role. */
export function People({ label, hint, list, least, onList, errorOf }: PeopleProps) {
  const filled = (at: number) => list.slice(0, at).filter((one) => one.trim() !== '').length;
  return (
    <fieldset class="stack tight people">
      <legend>{label}</legend>
      <p class="hint">{hint}</p>
      {errorOf() && <p class="error">{errorOf()}</p>}
      {list.map((one, at) => (
        <div class="person" key={at}>
          <Person
            label={`${label}, ${at + 1}`}
            value={one}
            onInput={(value) => onList(list.map((old, place) => (place === at ? value : old)))}
            error={one.trim() === '' ? undefined : errorOf(filled(at))}
          />
          {list.length > least && (
            <Button
              small
              kind="quiet"
              icon="minus"
              label={`Remove ${label}, ${at + 1}`}
              onClick={() => onList(list.filter((_, place) => place !== at))}
            >
              Remove
            </Button>
          )}
        </div>
      ))}
      <div>
        <Button
          small
          kind="quiet"
          icon="plus"
          reason={list.length >= MOST ? `There are at most ${MOST}.` : undefined}
          onClick={() => onList([...list, ''])}
        >
          Add
        </Button>
      </div>
    </fieldset>
  );
}
