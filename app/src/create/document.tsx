import { TextField } from '../ui/field.tsx';
import { FileButton } from '../ui/file.tsx';
import { fingerprintOfFile } from './draft.ts';

interface Props {
  value: string;
  onInput: (value: string) => void;
  error?: string | undefined;
  hint?: string;
}

/** The SHA-256 of a text that is kept elsewhere; reckoned from its file, if one likes. */
export function DocumentField({ value, onInput, error, hint }: Props) {
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
      <FileButton
        label="Reckon it from a file"
        quiet
        onFile={async (file) => onInput(await fingerprintOfFile(file))}
      >
        <span class="faint small">The file does not leave your browser.</span>
      </FileButton>
    </div>
  );
}
