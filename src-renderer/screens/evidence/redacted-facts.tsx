// A redacted pack that was just made: what of it is proven, and what is hidden.
import type { RedactedPackReport } from '#shared/model/redaction.ts';
import { Facts } from '../../components/facts.tsx';
import { Notice } from '../../components/notice.tsx';
import { formatCount } from '../../domain/count-words.ts';
import { fileName } from '../../domain/job-words.ts';
import { text } from '../../texts/text.ts';
import { TakePack } from './take-pack.tsx';
import styles from './trust-panel.module.css';

export function RedactedFacts({ report }: { report: RedactedPackReport }) {
  const { file, sha256, profile, counts } = report;
  const name = fileName(file);
  return (
    <section className={styles.section} aria-label={text('evidence:redacted.label')}>
      <Notice tone="good" title={text('evidence:redacted.made')}>
        <p>{text('evidence:redacted.complete')}</p>
      </Notice>
      <Facts
        facts={[
          { name: text('evidence:fact.file'), value: <bdi>{name}</bdi>, title: file },
          { name: 'SHA-256', value: <code>{sha256}</code> },
          { name: text('evidence:redacted.profile'), value: profile },
          {
            name: text('evidence:redacted.inFull'),
            value: text('evidence:redacted.of', {
              inFull: formatCount(counts.inFull),
              entries: formatCount(counts.entries),
            }),
          },
          { name: text('evidence:redacted.asHash'), value: formatCount(counts.withheld) },
          { name: text('evidence:redacted.hidden'), value: formatCount(counts.tokens) },
          { name: text('evidence:redacted.salts'), value: text('evidence:redacted.saltsHere') },
        ]}
      />
      <TakePack name={name} />
    </section>
  );
}
