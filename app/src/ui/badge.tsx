import type { ComponentChildren } from 'preact';

/** What a badge says by its colour, beside its words. */
export type Tone = 'good' | 'wait' | 'bad' | 'calm' | 'quiet';

/** A state in a word or two. */
export function Badge({ tone, children }: { tone: Tone; children: ComponentChildren }) {
  return <span class={`badge ${tone}`}>{children}</span>;
}
