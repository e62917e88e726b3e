import type { ComponentChildren } from 'preact';
import { Icon } from './icons.tsx';

interface Props {
  tone: 'bad' | 'wait' | 'good' | 'calm';
  title?: string;
  children?: ComponentChildren;
}

/** Something that has to be said where it belongs: what happened, and what to do. */
export function Notice({ tone, title, children }: Props) {
  const icon = tone === 'good' ? 'check' : tone === 'calm' ? 'clock' : 'warn';
  return (
    <div class={`notice ${tone}`} role={tone === 'bad' ? 'alert' : undefined}>
      <Icon name={icon} />
      <div>
        {title && <p class="notice-title">{title}</p>}
        {children}
      </div>
    </div>
  );
}
