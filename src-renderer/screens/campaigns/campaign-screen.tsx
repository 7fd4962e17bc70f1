// One campaign, in sections: what it is, what is reviewed, who decides what, and what follows.
import { useQuery } from '@tanstack/react-query';
import { EmptyState } from '../../components/empty-state.tsx';
import { useShortcuts } from '../../components/keyboard.tsx';
import { Sections } from '../../components/sections.tsx';
import { useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { ZoneWithoutConnection } from '../../domain/workspace-status.ts';
import { text } from '../../texts/text.ts';
import { AboutSection } from './about-section.tsx';
import { CampaignHead } from './campaign-head.tsx';
import { campaignSections, restOf, type CampaignPlace, type CampaignSection } from './campaign-place.ts';
import type { SectionProps } from './campaign-section.ts';
import styles from './campaigns-screen.module.css';
import { ClosingSection } from './closing-section.tsx';
import { ConflictsSection } from './files/conflicts-section.tsx';
import { FilesSection } from './files/files-section.tsx';
import { DifferenceSection } from './follow-up/difference-section.tsx';
import { RemediationSection } from './follow-up/remediation-section.tsx';
import { SamplesSection } from './follow-up/samples-section.tsx';
import { ItemsSection } from './items/items-section.tsx';
import { PeopleSection } from './oversight/people-section.tsx';
import { PopulationSection } from './population-section.tsx';

type CampaignScreenProps = {
  id: string;
  section: CampaignSection;
  onGo: (place: CampaignPlace) => void;
};

export function CampaignScreen({ id, section, onGo }: CampaignScreenProps) {
  const { orpc } = useApi();
  const campaign = useQuery(orpc.campaigns.get.queryOptions({ input: { id } }));
  const go = (to: CampaignSection) => onGo({ at: 'campaign', id, section: to });
  const step = (by: 1 | -1) => {
    const next = campaignSections.at((campaignSections.indexOf(section) + by) % campaignSections.length);
    if (next !== undefined) go(next);
  };
  const group = text('campaigns:title');
  useShortcuts([
    { keys: 'p', label: text('campaigns:previousSection'), group, run: () => step(-1) },
    { keys: 'n', label: text('campaigns:nextSection'), group, run: () => step(1) },
  ]);
  if (campaign.data === undefined) {
    return (
      <div className={styles.screen}>
        <ProblemNotice error={campaign.error} />
        {campaign.isPending && <EmptyState title={text('campaigns:loading')} />}
      </div>
    );
  }
  return (
    <div className={styles.screen}>
      <CampaignHead campaign={campaign.data} onBack={() => onGo({ at: 'overall', section: 'list' })} />
      <Sections
        label={text('campaigns:sections.label')}
        sections={campaignSections.map((name) => ({
          id: name,
          label: text(`campaigns:sections.${name}`),
          address: `/campaigns/${restOf({ at: 'campaign', id, section: name })}`,
        }))}
        current={section}
        isBeside={section === 'items'}
        onGo={(name) => go(campaignSections.find((one) => one === name) ?? 'about')}
      >
        <ZoneWithoutConnection value={campaign.data.zone}>
          <SectionBody section={section} campaign={campaign.data} onGo={onGo} />
        </ZoneWithoutConnection>
      </Sections>
    </div>
  );
}

const bodies: Readonly<Record<CampaignSection, (props: SectionProps) => React.ReactNode>> = {
  about: AboutSection,
  population: PopulationSection,
  items: ItemsSection,
  people: PeopleSection,
  files: FilesSection,
  conflicts: ConflictsSection,
  samples: SamplesSection,
  remediation: RemediationSection,
  difference: DifferenceSection,
  closing: ClosingSection,
};

function SectionBody({ section, ...props }: SectionProps & { section: CampaignSection }) {
  const Body = bodies[section];
  return <Body {...props} />;
}
