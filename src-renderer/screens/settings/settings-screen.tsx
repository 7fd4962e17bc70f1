// How the review is done here, in sections: by whom, with which rules, what is looked for, where it goes, and how it looks.
import { useShortcuts } from '../../components/keyboard.tsx';
import { Sections } from '../../components/sections.tsx';
import { ChangeHistory } from '../../domain/change-history.tsx';
import { text } from '../../texts/text.ts';
import { AppearancePanel } from './appearance-panel.tsx';
import { DetectionHistory } from './detection-history.tsx';
import { DetectionPanel } from './detection-panel.tsx';
import { AliasPanel, FourEyesPanel } from './independence-panel.tsx';
import { KeyPanel } from './key-panel.tsx';
import { PrivacyPanel } from './privacy-panel.tsx';
import { PrivilegedActions } from './privileged-actions.tsx';
import { PublicationPanel } from './publication-panel.tsx';
import { ReviewerPanel } from './reviewer-panel.tsx';
import { RightsPanel } from './rights-panel.tsx';
import { sectionAt, sectionNames, type SectionName } from './section-names.ts';
import styles from './settings-screen.module.css';
import { WorkspacePanel } from './workspace-panel.tsx';

type SettingsScreenProps = {
  /** What the address names behind the screen. */
  section: string;
  onSection: (section: string) => void;
};

export function SettingsScreen({ section, onSection }: SettingsScreenProps) {
  const current = sectionAt(section);
  const step = (by: 1 | -1) => {
    const next = sectionNames.at((sectionNames.indexOf(current) + by) % sectionNames.length);
    if (next !== undefined) onSection(next);
  };
  const group = text('settings:title');
  useShortcuts([
    { keys: 'p', label: text('sources:previousSection'), group, run: () => step(-1) },
    { keys: 'n', label: text('sources:nextSection'), group, run: () => step(1) },
  ]);
  return (
    <div className={styles.screen}>
      <h1>{text('settings:title')}</h1>
      <Sections
        label={text('settings:sections.label')}
        sections={sectionNames.map((id) => ({
          id,
          label: text(`settings:sections.${id}`),
          address: `/settings/${id}`,
        }))}
        current={current}
        onGo={onSection}
      >
        <SectionBody name={current} />
      </Sections>
    </div>
  );
}

function SectionBody({ name }: { name: SectionName }) {
  switch (name) {
    case 'reviewer':
      return (
        <>
          <ReviewerPanel />
          <KeyPanel />
          <ChangeHistory types={reviewerChanges} />
        </>
      );
    case 'independence':
      return (
        <>
          <AliasPanel />
          <FourEyesPanel />
          <ChangeHistory types={['aliases-changed', 'four-eyes-changed']} />
        </>
      );
    case 'detection':
      return (
        <>
          <DetectionPanel />
          <PrivilegedActions />
          <DetectionHistory />
        </>
      );
    case 'rights':
      return <RightsPanel />;
    case 'publication':
      return (
        <>
          <PublicationPanel />
          <ChangeHistory types={['publication-changed']} />
        </>
      );
    case 'privacy':
      return (
        <>
          <PrivacyPanel />
          <ChangeHistory types={['mask-changed', 'unmask', 'erasure', 'erasure-lifted']} />
        </>
      );
    case 'appearance':
      return <AppearancePanel />;
    default:
      return <WorkspacePanel />;
  }
}

const reviewerChanges = [
  'reviewer-changed',
  'key-created',
  'key-taken-up',
  'key-rotated',
  'key-revoked',
  'key-reported',
  'key-endorsed',
  'key-idle-changed',
] as const;
