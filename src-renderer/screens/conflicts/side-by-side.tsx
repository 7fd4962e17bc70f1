// Ours and theirs as two columns of one table, so that each line can be compared, on paper too.
import type { ReactNode } from 'react';
import { Spoken } from '../../components/spoken.tsx';
import { Hash } from './hash.tsx';
import styles from './opinions-table.module.css';

export type Line = { name: string; ours: ReactNode; theirs: ReactNode };

export function SideBySide({ label, lines }: { label: string; lines: readonly Line[] }) {
  return (
    <table className={styles.table} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">
            <Spoken>Compared</Spoken>
          </th>
          <th scope="col">Ours, in the ledger</th>
          <th scope="col">Theirs, in the audit database</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ name, ours, theirs }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{ours}</td>
            <td>{theirs}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
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
