// What looking at a database found, in words, with its warnings.
import type { InspectionReport } from '#shared/model/connection.ts';
import { Notice } from '../components/notice.tsx';
import { visibleText } from '../components/visible-text.ts';
import { text } from '../texts/text.ts';
import styles from './report-sentences.module.css';

export function ReportSentences({ report }: { report: Pick<InspectionReport, 'sentences' | 'warnings'> }) {
  return (
    <>
      {report.warnings.map((warning) => (
        <Notice key={warning} tone="warning" title={visibleText(warning)} />
      ))}
      <Sentences label={text('welcome:report.list')} sentences={report.sentences} />
    </>
  );
}

/** One sentence a line. */
export function Sentences({ label, sentences }: { label: string; sentences: readonly string[] }) {
  return (
    <ul className={styles.sentences} aria-label={label}>
      {sentences.map((sentence) => (
        <li key={sentence} dir="auto">
          {visibleText(sentence)}
        </li>
      ))}
    </ul>
  );
}
