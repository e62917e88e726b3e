import { store, useStore } from '../store.ts';

const said = store('');

/** Tells screen readers, and shows at the page's foot for a while, what has just happened. */
export function say(sentence: string): void {
  said.set('');
  // A live region speaks when its text changes, even if the same thing happened twice.
  setTimeout(() => said.set(sentence), 30);
}

const STAYS_MILLISECONDS = 6000;

said.watch((sentence) => {
  if (sentence === '') return;
  setTimeout(() => {
    if (said.get() === sentence) said.set('');
  }, STAYS_MILLISECONDS);
});

/** The line in which it is told. */
export function StatusLine() {
  const sentence = useStore(said);
  return (
    <div class={sentence ? 'status-line shown' : 'status-line'} role="status" aria-live="polite">
      {sentence}
    </div>
  );
}
