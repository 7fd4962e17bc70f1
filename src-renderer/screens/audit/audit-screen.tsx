// An auditor's workspace: somebody's pack for reading, and work papers of one's own.
import { Segmented } from '../../components/segmented.tsx';
import { useStatus } from '../../domain/workspace-status.ts';
import { useAuditView } from '../../state/audit-view.ts';
import type { AuditPart } from '../../state/audit-view.ts';
import { text } from '../../texts/text.ts';
import styles from './audit-screen.module.css';
import { BrowsePart } from './browse-part.tsx';
import { OpenPackPanel } from './open-pack-panel.tsx';
import { PackPart } from './pack-part.tsx';
import { PapersPart } from './papers-part.tsx';
import { SamplesPart } from './samples-part.tsx';
import { SignPart } from './sign-part.tsx';

const parts: readonly AuditPart[] = ['pack', 'browse', 'papers', 'samples', 'sign'];

export function AuditScreen({ onVerifyOnly }: { onVerifyOnly: () => void }) {
  const { audit } = useStatus();
  const { part } = useAuditView();
  const pack = audit?.pack ?? null;
  if (pack === null || audit === undefined) return <OpenPackPanel onVerifyOnly={onVerifyOnly} />;
  return (
    <div className={styles.frame}>
      <AuditHead />
      <div className={styles.body}>
        {part === 'browse' && <BrowsePart isLookOnly={pack.lookOnly} />}
        {part !== 'browse' && (
          <div className={styles.screen}>
            {part === 'pack' && <PackPart pack={pack} />}
            {part === 'papers' && <PapersPart isLookOnly={pack.lookOnly} />}
            {part === 'samples' && <SamplesPart isLookOnly={pack.lookOnly} />}
            {part === 'sign' && <SignPart audit={audit} />}
          </div>
        )}
      </div>
    </div>
  );
}

function AuditHead() {
  const { part, show } = useAuditView();
  return (
    <div className={`${styles.titleLine} ${styles.top}`}>
      <h1>{text('audit:title')}</h1>
      <Segmented
        label={text('audit:part.label')}
        value={part}
        choices={parts.map((one) => ({ value: one, label: text(`audit:part.${one}`) }))}
        onChange={show}
      />
    </div>
  );
}
