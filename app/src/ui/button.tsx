import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Icon, type IconName } from './icons.tsx';

interface Props {
  children: ComponentChildren;
  onClick?: () => void;
  /** Where it leads; then it is a link. */
  href?: string;
  kind?: 'primary' | 'plain' | 'quiet';
  small?: boolean;
  icon?: IconName;
  type?: 'button' | 'submit';
  /** Why it cannot be used now. It stays in the order of tabs, so that the reason is read. */
  reason?: string | undefined;
  /** Says what is going on instead of being pressed again. */
  busy?: string | undefined;
  label?: string;
}

/** A button, or a link that looks like one; when it cannot be used, it says why. */
export function Button(props: Props) {
  const {
    children,
    href,
    kind = 'plain',
    small,
    icon,
    type = 'button',
    reason,
    busy,
    label,
  } = props;
  const reasonId = useId();
  const classes = `button ${kind}${small ? ' small' : ''}`;
  const inside = (
    <>
      {icon && <Icon name={icon} size={small ? 16 : 18} />}
      {busy ?? children}
    </>
  );
  if (reason === undefined && busy === undefined && href !== undefined) {
    return (
      <a class={classes} href={href} aria-label={label}>
        {inside}
      </a>
    );
  }
  const off = reason !== undefined || busy !== undefined;
  const press = (event: Event) => {
    // A button that does something of its own does not submit its form as well.
    if (off || props.onClick) event.preventDefault();
    if (!off) props.onClick?.();
  };
  const button = (
    <button
      type={type}
      class={classes}
      aria-disabled={off ? 'true' : undefined}
      aria-busy={busy === undefined ? undefined : 'true'}
      aria-describedby={reason === undefined ? undefined : reasonId}
      aria-label={label}
      onClick={press}
    >
      {inside}
    </button>
  );
  if (reason === undefined) return button;
  return (
    <span class="button-with-reason">
      {button}
      <span id={reasonId} class="reason">
        {reason}
      </span>
    </span>
  );
}
