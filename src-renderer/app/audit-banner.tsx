// Over every screen of an auditor's workspace: which pack this is, and what is known about it.
import { Notice } from '../components/notice.tsx';
import { Verbatim } from '../components/verbatim.tsx';
import { verdictLines } from '../domain/audit-words.ts';
import { InstantText } from '../domain/instant.tsx';
import { headlineOf } from '../domain/verdict-words.ts';
import { useStatus } from '../domain/workspace-status.ts';
import { Rich } from '../texts/rich.tsx';
import { text } from '../texts/text.ts';
import styles from './audit-banner.module.css';

export function AuditBanner() {
  const { audit } = useStatus();
  if (audit === undefined || audit.pack === null) return null;
  const { name, sha256, judgement, judgedAt } = audit.pack;
  const { key, tone } = headlineOf(judgement);
  // A doubt about the signer is said as exactly as in the verdict itself.
  const title = key === judgement.verdict ? verdictLines[judgement.verdict] : text(`verdicts:${key}.title`);
  return (
    <section className={styles.banner} aria-label={text('app:audit.region')}>
      <Notice tone={tone} title={title}>
        <p className={styles.pack}>
          <Rich
            of="app:audit.verified"
            parts={{ name: <Verbatim value={name} />, instant: <InstantText instant={judgedAt} /> }}
          />
        </p>
        <p className={styles.hash}>
          <Rich of="app:audit.hash" parts={{ code: <code>{sha256}</code> }} />
        </p>
      </Notice>
    </section>
  );
}
