// A labelled input with its hint and its error tied to it for assistive technology.
import { useId } from 'react';
import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react';
import styles from './field.module.css';

type Labelled = { label: string; hint?: ReactNode; error?: string | null | undefined };

function Frame({
  id,
  label,
  hint,
  error,
  children,
}: Labelled & { id: string; children: (describedBy: string | undefined) => ReactNode }) {
  const hasNote = hint !== undefined || (error !== undefined && error !== null);
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      {children(hasNote ? `${id}-note` : undefined)}
      {hasNote && (
        <p id={`${id}-note`} className={error ? styles.error : styles.hint}>
          {error ?? hint}
        </p>
      )}
    </div>
  );
}

export function TextField({
  label,
  hint,
  error,
  ...rest
}: Labelled & Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'className'>) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      {(describedBy) => (
        <input
          id={id}
          className={styles.input}
          aria-describedby={describedBy}
          aria-invalid={error ? true : undefined}
          autoComplete="off"
          spellCheck={false}
          {...rest}
        />
      )}
    </Frame>
  );
}

export function TextArea({
  label,
  hint,
  error,
  ...rest
}: Labelled & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'id' | 'className'>) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      {(describedBy) => (
        <textarea
          id={id}
          className={`${styles.input} ${styles.area}`}
          aria-describedby={describedBy}
          aria-invalid={error ? true : undefined}
          rows={4}
          dir="auto"
          {...rest}
        />
      )}
    </Frame>
  );
}

/** A text whose writer ends with Ctrl+Enter, which submits the form around it. */
export function SubmittingTextArea(props: Parameters<typeof TextArea>[0]) {
  return (
    <TextArea
      {...props}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          event.currentTarget.form?.requestSubmit();
        }
      }}
    />
  );
}

export function SelectField({
  label,
  hint,
  error,
  children,
  ...rest
}: Labelled & Omit<SelectHTMLAttributes<HTMLSelectElement>, 'id' | 'className'>) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      {(describedBy) => (
        <select id={id} className={styles.input} aria-describedby={describedBy} {...rest}>
          {children}
        </select>
      )}
    </Frame>
  );
}
