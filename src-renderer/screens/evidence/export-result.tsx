// A pack that was just written: its name, its hash, what is in it, and how a stranger verifies it.
import { exportReport, type PackCounts } from '#shared/model/evidence.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { Facts } from '../../components/facts.tsx';
import { Notice } from '../../components/notice.tsx';
import { ScrollText } from '../../components/scroll-region.tsx';
import { formatCount } from '../../domain/count-words.ts';
import { fileName } from '../../domain/job-words.ts';
import { text } from '../../texts/text.ts';
import styles from './export-panel.module.css';
import { RedactedFacts } from './redacted-facts.tsx';
import { verifyCommands } from './verify-commands.ts';

export function ExportResult({ result }: { result: unknown }) {
  const parsed = exportReport.safeParse(result);
  if (!parsed.success) return <Notice tone="good" title={text('evidence:result.listed')} />;
  const { file, sha256, counts, signer, timestamp, redacted, redactionProblem } = parsed.data;
  const name = fileName(file);
  const commands = verifyCommands({ name, sha256, identity: signer.identity });
  return (
    <section className={styles.result} aria-label={text('evidence:result.label')}>
      <Notice tone="good" title={text('evidence:result.written')} />
      <Facts
        facts={[
          { name: text('evidence:fact.file'), value: <bdi>{name}</bdi>, title: file },
          { name: 'SHA-256', value: <code>{sha256}</code> },
          { name: text('evidence:fact.signedAs'), value: <bdi>{signer.identity}</bdi> },
          { name: text('evidence:fact.key'), value: <code>{signer.fingerprint}</code> },
          ...(timestamp === undefined ? [] : [{ name: text('evidence:fact.timestamp'), value: timestamp }]),
        ]}
      />
      <Facts
        columns={2}
        facts={[
          { name: text('evidence:fact.population'), value: formatCount(counts.population) },
          { name: text('evidence:fact.decisions'), value: formatCount(counts.decisions) },
          { name: text('evidence:fact.undecided'), value: formatCount(counts.undecided) },
          { name: text('evidence:fact.findings'), value: formatCount(counts.findings) },
          { name: text('evidence:fact.entries'), value: formatCount(counts.ledgerEntries) },
          { name: text('evidence:fact.conflicts'), value: formatCount(counts.conflicts) },
          ...campaignFacts(counts),
        ]}
      />
      {redacted !== undefined && <RedactedFacts report={redacted} />}
      {redactionProblem !== undefined && <Notice tone="warning" title={redactionProblem} />}
      <div className={styles.heading}>
        <h3>{text('evidence:result.stranger')}</h3>
        <CopyButton text={commands} label={text('evidence:result.copy')} />
      </div>
      <ScrollText label={text('evidence:result.commands')} text={commands} />
    </section>
  );
}

function campaignFacts({ campaigns, campaignItems, campaignItemsOpen }: PackCounts) {
  const counted = [
    [text('evidence:fact.campaigns'), campaigns],
    [text('evidence:fact.campaignItems'), campaignItems],
    [text('evidence:fact.campaignItemsOpen'), campaignItemsOpen],
  ] as const;
  return counted.flatMap(([name, count]) =>
    count === undefined ? [] : [{ name, value: formatCount(count) }],
  );
}
