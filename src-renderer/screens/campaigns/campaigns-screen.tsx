// Periodic access reviews: what goes across campaigns, or one campaign in sections.
import { useShortcuts } from '../../components/keyboard.tsx';
import { Sections } from '../../components/sections.tsx';
import { text } from '../../texts/text.ts';
import { overallSections, restOf, type CampaignPlace, type OverallSection } from './campaign-place.ts';
import { CampaignList } from './campaign-list.tsx';
import { CampaignScreen } from './campaign-screen.tsx';
import styles from './campaigns-screen.module.css';
import { NewCampaign } from './new-campaign.tsx';
import { CalendarSection } from './oversight/calendar-section.tsx';
import { DailySection } from './oversight/daily-section.tsx';

type CampaignsScreenProps = { place: CampaignPlace; onGo: (place: CampaignPlace) => void };

export function CampaignsScreen({ place, onGo }: CampaignsScreenProps) {
  if (place.at === 'campaign')
    return <CampaignScreen id={place.id} section={place.section} onGo={onGo} key={place.id} />;
  if (place.at === 'new') return <NewCampaign onGo={onGo} />;
  return <OverallScreen section={place.section} onGo={onGo} />;
}

function OverallScreen({ section, onGo }: { section: OverallSection; onGo: CampaignsScreenProps['onGo'] }) {
  const go = (to: OverallSection) => onGo({ at: 'overall', section: to });
  const step = (by: 1 | -1) => {
    const next = overallSections.at((overallSections.indexOf(section) + by) % overallSections.length);
    if (next !== undefined) go(next);
  };
  const group = text('campaigns:title');
  useShortcuts([
    { keys: 'p', label: text('campaigns:previousSection'), group, run: () => step(-1) },
    { keys: 'n', label: text('campaigns:nextSection'), group, run: () => step(1) },
  ]);
  return (
    <div className={styles.screen}>
      <h1>{text('campaigns:title')}</h1>
      <Sections
        label={text('campaigns:sections.places')}
        sections={overallSections.map((id) => ({
          id,
          label: text(`campaigns:sections.${id}`),
          address: `/campaigns/${restOf({ at: 'overall', section: id })}`,
        }))}
        current={section}
        onGo={(id) => go(overallSections.find((name) => name === id) ?? 'list')}
      >
        <OverallBody section={section} onGo={onGo} />
      </Sections>
    </div>
  );
}

function OverallBody({ section, onGo }: { section: OverallSection; onGo: CampaignsScreenProps['onGo'] }) {
  if (section === 'calendar') return <CalendarSection onGo={onGo} />;
  if (section === 'daily') return <DailySection />;
  return <CampaignList onGo={onGo} />;
}
