import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface Shared {
  label: string;
  hint?: ComponentChildren;
  /** What is wrong with it, as a sentence. */
  error?: string | undefined;
  value: string;
  onInput: (value: string) => void;
  optional?: boolean;
}

interface TextProps extends Shared {
  lines?: number;
  suffix?: string;
  inputMode?: 'text' | 'decimal' | 'numeric';
  placeholder?: string;
  type?: 'text' | 'date' | 'url';
  mono?: boolean;
  onBlur?: () => void;
}

function Frame(props: Shared & { id: string; children: ComponentChildren }) {
  const { id, label, hint, error, optional, children } = props;
  return (
    <div class={error ? 'field wrong' : 'field'}>
      <label for={id}>
        {label}
        {optional && <span class="faint small"> optional</span>}
      </label>
      {children}
      {hint && (
        <p id={`${id}-hint`} class="hint">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} class="error">
          {error}
        </p>
      )}
    </div>
  );
}

const told = (id: string, { hint, error }: Shared): string | undefined =>
  [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ') || undefined;

/** A line or an area of text, with its label, hint and error. */
export function TextField(props: TextProps) {
  const id = useId();
  const {
    value,
    onInput,
    onBlur,
    lines,
    suffix,
    inputMode,
    placeholder,
    type = 'text',
    mono,
  } = props;
  const shared = {
    id,
    value,
    placeholder,
    class: mono ? 'mono' : undefined,
    autocomplete: 'off',
    spellcheck: false,
    'aria-invalid': props.error ? ('true' as const) : undefined,
    'aria-describedby': told(id, props),
    onBlur,
    onInput: (event: { currentTarget: { value: string } }) => onInput(event.currentTarget.value),
  };
  return (
    <Frame {...props} id={id}>
      {lines ? (
        <textarea {...shared} rows={lines} />
      ) : (
        <span class="input">
          {type === 'date' ? (
            <input {...shared} type="date" />
          ) : (
            <input {...shared} type="text" inputMode={type === 'url' ? 'url' : inputMode} />
          )}
          {suffix && <span class="suffix">{suffix}</span>}
        </span>
      )}
    </Frame>
  );
}

/** One of several. */
export function SelectField(props: Shared & { choices: readonly (readonly [string, string])[] }) {
  const id = useId();
  const { value, onInput, choices } = props;
  return (
    <Frame {...props} id={id}>
      <select
        id={id}
        value={value}
        aria-invalid={props.error ? 'true' : undefined}
        aria-describedby={told(id, props)}
        onInput={(event) => onInput(event.currentTarget.value)}
      >
        {choices.map(([choice, label]) => (
          <option key={choice} value={choice}>
            {label}
          </option>
        ))}
      </select>
    </Frame>
  );
}

/** Something to tick. */
export function Tick(props: {
  label: ComponentChildren;
  checked: boolean;
  onChange: (on: boolean) => void;
}) {
  return (
    <label class="tick">
      <input
        type="checkbox"
        checked={props.checked}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      <span>{props.label}</span>
    </label>
  );
}
