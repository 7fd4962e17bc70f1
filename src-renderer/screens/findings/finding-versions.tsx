// Earlier results for the same hour, kept because late events changed them.
import type { FindingVersion } from '#shared/model/finding.ts';
import { formatCount, formatMeasure } from '../../domain/count-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { text } from '../../texts/text.ts';
import styles from './finding-versions.module.css';

export function FindingVersions({ versions }: { versions: readonly FindingVersion[] }) {
  return (
    <section>
      <h3>{text('findings:versions.title')}</h3>
      <p className={styles.note}>{text('findings:versions.words')}</p>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{text('findings:versions.version')}</th>
            <th scope="col">{text('findings:versions.found')}</th>
            <th scope="col">{text('findings:versions.count')}</th>
            <th scope="col">{text('findings:versions.score')}</th>
            <th scope="col">{text('findings:versions.stoodOut')}</th>
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
              <td>{text(version.flagged ? 'findings:number.yes' : 'findings:number.no')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
