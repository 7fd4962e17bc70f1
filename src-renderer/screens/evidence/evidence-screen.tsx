// Evidence both ways: write a signed pack of this workspace, and check a pack somebody gave you.
import type { Job } from '#shared/model/workspace.ts';
import { text } from '../../texts/text.ts';
import { ControlsPanel } from './controls-panel.tsx';
import styles from './evidence-screen.module.css';
import { ExportListPanel } from './export-list-panel.tsx';
import { ExportPanel } from './export-panel.tsx';
import { PackList } from './pack-list.tsx';
import { SharePanel } from './share-panel.tsx';
import { TrustPanel } from './trust-panel.tsx';
import { VerifierOffer } from './verifier-offer.tsx';
import { VerifyPanel } from './verify-panel.tsx';

export function EvidenceScreen({ jobs }: { jobs: readonly Job[] }) {
  return (
    <div className={styles.screen}>
      <h1>{text('evidence:title')}</h1>
      <div className={styles.columns}>
        <div className={styles.column}>
          <ExportPanel jobs={jobs} />
          <PackList />
          <SharePanel />
          <ControlsPanel />
          <VerifierOffer />
          <ExportListPanel />
          <TrustPanel />
        </div>
        <VerifyPanel />
      </div>
    </div>
  );
}
