import { isText, keep, recall } from './memory.ts';
import { store } from './store.ts';

/** Light or dark; `auto` follows the system. */
export type Theme = 'auto' | 'light' | 'dark';

const isTheme = (value: unknown): value is Theme =>
  isText(value) && ['auto', 'light', 'dark'].includes(value);

/** The theme that was chosen. */
export const theme = store<Theme>(recall('theme', isTheme) ?? 'auto');

function show(chosen: Theme): void {
  if (chosen === 'auto') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = chosen;
}

/** Shows the theme that was chosen, now and whenever another is. */
export function followTheme(): void {
  show(theme.get());
  theme.watch((chosen) => {
    show(chosen);
    keep('theme', chosen);
  });
}
