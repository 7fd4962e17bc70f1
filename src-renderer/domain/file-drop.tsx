// A place to drop a file, which is also an ordinary file input.
import { FileUp } from 'lucide-react';
import { useId, useState } from 'react';
import { text } from '../texts/text.ts';
import { formatBytes } from './count-words.ts';
import styles from './file-drop.module.css';

type FileDropProps = {
  label: string;
  accept?: string;
  file: File | null;
  isLarge?: boolean;
  onFile: (file: File | null) => void;
};

export function FileDrop({ label, accept, file, isLarge = false, onFile }: FileDropProps) {
  const id = useId();
  const [isOver, setIsOver] = useState(false);
  return (
    <div
      className={`${styles.drop} ${isLarge ? styles.large : ''} ${isOver ? styles.over : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        onFile(event.dataTransfer.files[0] ?? null);
      }}
    >
      <FileUp className={styles.icon} aria-hidden="true" />
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <p className={styles.note} aria-live="polite">
        {file === null ? text('domain:drop') : `${file.name}, ${formatBytes(file.size)}`}
      </p>
      <input
        id={id}
        type="file"
        className={styles.input}
        accept={accept}
        onClick={(event) => {
          // Otherwise choosing the same file once more, changed or not, would go unnoticed.
          event.currentTarget.value = '';
        }}
        onChange={(event) => onFile(event.target.files?.[0] ?? null)}
      />
    </div>
  );
}
