// A pack that was just written: its name, its hash, what is in it, and how a stranger verifies it.
import { exportReport } from '#shared/model/evidence.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { Facts } from '../../components/facts.tsx';
import { Notice } from '../../components/notice.tsx';
import { ScrollText } from '../../components/scroll-region.tsx';
import { formatCount } from '../../domain/count-words.ts';
import { fileName } from '../../domain/job-words.ts';
import styles from './export-panel.module.css';
import { RedactedFacts } from './redacted-facts.tsx';
import { verifyCommands } from './verify-commands.ts';

export function ExportResult({ result }: { result: unknown }) {
  const parsed = exportReport.safeParse(result);
  if (!parsed.success) return <Notice tone="good" title="The pack was written; it is listed below." />;
  const { file, sha256, counts, signer, timestamp, redacted, redactionProblem } = parsed.data;
  const name = fileName(file);
  const commands = verifyCommands({ name, sha256, identity: signer.identity });
  return (
    <section className={styles.result} aria-label="Exported pack">
      <Notice tone="good" title="The pack was written and signed." />
      <Facts
        facts={[
          { name: 'File', value: <bdi>{name}</bdi>, title: file },
          { name: 'SHA-256', value: <code>{sha256}</code> },
          { name: 'Signed as', value: <bdi>{signer.identity}</bdi> },
          { name: 'Key', value: <code>{signer.fingerprint}</code> },
          ...(timestamp === undefined ? [] : [{ name: 'Timestamp', value: timestamp }]),
        ]}
      />
      <Facts
        columns={2}
        facts={[
          { name: 'Population', value: formatCount(counts.population) },
          { name: 'Decisions', value: formatCount(counts.decisions) },
          { name: 'Undecided', value: formatCount(counts.undecided) },
          { name: 'Findings', value: formatCount(counts.findings) },
          { name: 'Ledger entries', value: formatCount(counts.ledgerEntries) },
          { name: 'Conflicts', value: formatCount(counts.conflicts) },
        ]}
      />
      {redacted !== undefined && <RedactedFacts report={redacted} />}
      {redactionProblem !== undefined && <Notice tone="warning" title={redactionProblem} />}
      <div className={styles.heading}>
        <h3>How a stranger verifies it</h3>
        <CopyButton text={commands} label="Copy the commands" />
      </div>
      <ScrollText label="Commands that verify the pack" text={commands} />
    </section>
  );
}
