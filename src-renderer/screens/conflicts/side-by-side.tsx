// Ours and theirs as two columns of one table, so that each line can be compared, on paper too.
import type { ReactNode } from 'react';
import { Spoken } from '../../components/spoken.tsx';
import styles from '../../domain/compared-table.module.css';
import { text } from '../../texts/text.ts';
import { Hash } from './hash.tsx';

/** Where `theirs` is left out, what was said of theirs before holds for this line, too. */
export type Line = { name: string; ours: ReactNode; theirs?: ReactNode };

export function SideBySide({ label, lines }: { label: string; lines: readonly Line[] }) {
  return (
    <table className={styles.table} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">
            <Spoken>{text('conflicts:both.compared')}</Spoken>
          </th>
          <th scope="col">{text('conflicts:both.ours')}</th>
          <th scope="col">{text('conflicts:both.theirs')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ name, ours, theirs }, index) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{ours}</td>
            {theirs !== undefined && <td rowSpan={linesCovered(lines, index)}>{theirs}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** How many lines one says it for: itself, and those after it that leave it out. */
function linesCovered(lines: readonly Line[], from: number): number {
  const next = lines.findIndex((line, index) => index > from && line.theirs !== undefined);
  return (next === -1 ? lines.length : next) - from;
}

export function Digest({ label, digest }: { label: string; digest: string }) {
  return (
    <span className={styles.line}>
      <Hash hash={digest} /> <span className={styles.quiet}>{label}</span>
    </span>
  );
}

export function Quiet({ children }: { children: ReactNode }) {
  return <span className={`${styles.line} ${styles.quiet}`}>{children}</span>;
}
