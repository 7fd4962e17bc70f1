// Over every screen of an auditor's workspace: which pack this is, and what is known about it.
import type { Verdict } from '#shared/model/evidence.ts';
import type { NoticeTone } from '../components/notice.tsx';
import { Notice } from '../components/notice.tsx';
import { Verbatim } from '../components/verbatim.tsx';
import { verdictLines } from '../domain/audit-words.ts';
import { InstantText } from '../domain/instant.tsx';
import { useStatus } from '../domain/workspace-status.ts';
import styles from './audit-banner.module.css';

const tones: Readonly<Record<Verdict, NoticeTone>> = {
  trusted: 'good',
  unpinned: 'warning',
  tampered: 'danger',
  malformed: 'danger',
};

export function AuditBanner() {
  const { audit } = useStatus();
  if (audit === undefined || audit.pack === null) return null;
  const { name, sha256, judgement, judgedAt } = audit.pack;
  return (
    <section className={styles.banner} aria-label="Audited pack">
      <Notice tone={tones[judgement.verdict]} title={verdictLines[judgement.verdict]}>
        <p className={styles.pack}>
          <Verbatim value={name} />, verified <InstantText instant={judgedAt} />
        </p>
        <p className={styles.hash}>
          SHA-256 <code>{sha256}</code>
        </p>
      </Notice>
    </section>
  );
}
