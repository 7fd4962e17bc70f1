// A redacted pack that was just made: what of it is proven, and what is hidden.
import type { RedactedPackReport } from '#shared/model/redaction.ts';
import { Facts } from '../../components/facts.tsx';
import { Notice } from '../../components/notice.tsx';
import { formatCount } from '../../domain/count-words.ts';
import { fileName } from '../../domain/job-words.ts';
import { TakePack } from './take-pack.tsx';
import styles from './trust-panel.module.css';

export function RedactedFacts({ report }: { report: RedactedPackReport }) {
  const { file, sha256, profile, counts } = report;
  const name = fileName(file);
  return (
    <section className={styles.section} aria-label="Redacted pack">
      <Notice tone="good" title="The redacted pack was made, verified and signed.">
        <p>No entry of the ledger was left out: their hashes give the signed checkpoint.</p>
      </Notice>
      <Facts
        facts={[
          { name: 'File', value: <bdi>{name}</bdi>, title: file },
          { name: 'SHA-256', value: <code>{sha256}</code> },
          { name: 'Profile', value: profile },
          {
            name: 'Entries in full',
            value: `${formatCount(counts.inFull)} of ${formatCount(counts.entries)}`,
          },
          { name: 'Entries as hash', value: formatCount(counts.withheld) },
          { name: 'Values hidden', value: formatCount(counts.tokens) },
          { name: 'Salts', value: 'in this workspace only' },
        ]}
      />
      <TakePack name={name} />
    </section>
  );
}
