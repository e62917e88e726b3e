import type { ComponentChildren } from 'preact';

interface Props {
  label: string;
  onFile: (file: File) => Promise<void>;
  quiet?: boolean;
  disabled?: boolean;
  /** What is said beside it. */
  children?: ComponentChildren;
}

/** A button by which a file is chosen. */
export function FileButton({ label, onFile, quiet = false, disabled = false, children }: Props) {
  const take = (input: HTMLInputElement) => {
    const file = input.files?.[0];
    // The same file, chosen again, is a change once more.
    input.value = '';
    if (file) void onFile(file);
  };
  return (
    <label class="file">
      <span class={quiet ? 'button small quiet' : 'button small'}>{label}</span>
      <input
        type="file"
        class="unseen"
        disabled={disabled}
        onChange={(event) => take(event.currentTarget)}
      />
      {children}
    </label>
  );
}
