import { TextField } from '../ui/field.tsx';
import { fingerprintOfFile } from './draft.ts';

interface Props {
  value: string;
  onInput: (value: string) => void;
  error?: string | undefined;
  hint?: string;
}

/** The SHA-256 of a text that is kept elsewhere; reckoned from its file, if one likes. */
export function DocumentField({ value, onInput, error, hint }: Props) {
  const take = async (input: HTMLInputElement) => {
    const file = input.files?.[0];
    // The same file, chosen again, is a change once more.
    input.value = '';
    if (file) onInput(await fingerprintOfFile(file));
  };
  return (
    <div class="stack tight">
      <TextField
        label="Document, SHA-256"
        optional
        mono
        value={value}
        onInput={onInput}
        error={error}
        hint={hint}
      />
      <label class="file">
        <span class="button small quiet">Reckon it from a file</span>
        <input type="file" class="unseen" onChange={(event) => void take(event.currentTarget)} />
        <span class="faint small">The file does not leave your browser.</span>
      </label>
    </div>
  );
}
