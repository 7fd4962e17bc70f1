// A modal dialog on the platform's own <dialog>: focus stays inside, Escape closes, nothing is injected into the page.
import { X } from 'lucide-react';
import { useEffect, useId, useRef } from 'react';
import type { ReactNode } from 'react';
import { text } from '../texts/text.ts';
import { Button } from './button.tsx';
import styles from './modal.module.css';

type ModalProps = {
  title: string;
  onClose: () => void;
  children: ReactNode;
  width?: 'narrow' | 'normal' | 'wide';
};

/**
 * Mount it to open it, unmount it to close it; focus goes back to where it was, or, where that is gone or switched off by
 * now, to the part of the screen it was in. What carries `data-focus-first` has it at first, or else the first field.
 */
export function Modal({ title, onClose, children, width = 'normal' }: ModalProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const before = document.activeElement;
    const around = before?.parentElement?.closest('[tabindex]');
    const element = dialog.current;
    if (element !== null && !element.open) {
      element.showModal();
      // The platform would focus the close button; a dialog here is for what it asks.
      const [marked, field] = ['[data-focus-first]', 'textarea, input'].map((what) =>
        element.querySelector<HTMLElement>(what),
      );
      (marked ?? field)?.focus();
    }
    return () => {
      element?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
      if (document.activeElement !== before && around instanceof HTMLElement) around.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={`${styles.modal} ${styles[width]}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className={styles.head}>
        <h2 id={titleId}>{title}</h2>
        <Button weight="quiet" icon={X} aria-label={text('components:close')} onClick={onClose} />
      </header>
      <div className={styles.body}>{children}</div>
    </dialog>
  );
}

/** The row of buttons at the end of a dialog. */
export function ModalActions({ children }: { children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}
