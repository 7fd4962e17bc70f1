// Earlier results for the same hour, kept because late events changed them.
import type { FindingVersion } from '#shared/model/finding.ts';
import { formatCount, formatMeasure } from '../../domain/count-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import styles from './finding-versions.module.css';

export function FindingVersions({ versions }: { versions: readonly FindingVersion[] }) {
  return (
    <section>
      <h3>Versions</h3>
      <p className={styles.note}>Events arrived late for this hour; every earlier result is kept.</p>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col">Found</th>
            <th scope="col">Count</th>
            <th scope="col">Score</th>
            <th scope="col">Stood out</th>
          </tr>
        </thead>
        <tbody>
          {versions.map((version) => (
            <tr key={version.version}>
              <th scope="row">{version.version}</th>
              <td>
                <InstantText instant={version.foundAt} />
              </td>
              <td>{formatCount(version.count)}</td>
              <td title={String(version.score)}>{formatMeasure(version.score)}</td>
              <td>{version.flagged ? 'yes' : 'no'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
