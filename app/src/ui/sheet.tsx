import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { Icon } from './icons.tsx';

interface Props {
  title: string;
  children: ComponentChildren;
  onClose: () => void;
  /** While something is under way that closing would hide. */
  held?: boolean;
  wide?: boolean;
}

/** A dialog over the page: it holds the focus, gives it back, and closes with Escape. */
export function Sheet({ title, children, onClose, held = false, wide = false }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const shown = dialog.current;
    const before = document.activeElement;
    shown?.showModal();
    return () => {
      shown?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const cancel = (event: Event) => {
    event.preventDefault();
    if (!held) onClose();
  };
  return (
    <dialog
      ref={dialog}
      class={wide ? 'sheet wide' : 'sheet'}
      aria-labelledby={titleId}
      onCancel={cancel}
    >
      <header class="sheet-head">
        <h2 id={titleId} tabIndex={-1}>
          {title}
        </h2>
        {!held && (
          <button type="button" class="icon-button" aria-label="Close" onClick={onClose}>
            <Icon name="close" />
          </button>
        )}
      </header>
      <div class="sheet-body">{children}</div>
    </dialog>
  );
}
