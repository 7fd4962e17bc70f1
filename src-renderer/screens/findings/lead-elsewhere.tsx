// From a finding to its hour in the heatmap, to its actor and to the events of that time.
import { Grid3x3, Rows3, UserRound } from 'lucide-react';
import type { Finding } from '#shared/model/finding.ts';
import { hourOfWeekIn, microsecondsPerSlot } from '#shared/time/hour-of-week.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { Button } from '../../components/button.tsx';
import { useZone } from '../../domain/workspace-status.ts';
import { useActorsView } from '../../state/actors-view.ts';
import { everyEvent, useEventsView } from '../../state/events-view.ts';
import { useHeatmapView } from '../../state/heatmap-view.ts';
import { text } from '../../texts/text.ts';
import styles from './finding-detail.module.css';

/** Goes to another screen. */
export type LeadTo = (screen: 'heatmap' | 'actors' | 'events') => void;

export function LeadElsewhere({ finding, onGoTo }: { finding: Finding; onGoTo: LeadTo }) {
  const zone = useZone();
  const { actor, sourceAccount, action, start, end } = finding;
  const showInHeatmap = () => {
    const hourOfWeek = hourOfWeekIn(zone)(Math.floor(parseInstant(start) / microsecondsPerSlot));
    const heatmap = useHeatmapView.getState();
    heatmap.show('week', { action });
    heatmap.setOpen({ actor, hourOfWeek });
    onGoTo('heatmap');
  };
  const showActor = () => {
    useActorsView.getState().open({ actor, sourceAccount });
    onGoTo('actors');
  };
  const showEvents = () => {
    const events = useEventsView.getState();
    events.choose({
      ...everyEvent,
      range: { from: start, to: end },
      values: {
        ...(actor === '' ? {} : { actor: [actor] }),
        ...(action === '' ? {} : { action: [action] }),
      },
    });
    events.setExtent({});
    events.setEvent(null);
    onGoTo('events');
  };
  return (
    <nav className={styles.leads} aria-label={text('findings:lead.label')}>
      {actor !== '' && (
        <>
          <Button size="small" icon={UserRound} onClick={showActor}>
            {text('findings:lead.actor')}
          </Button>
          <Button size="small" icon={Grid3x3} onClick={showInHeatmap}>
            {text('findings:lead.heatmap')}
          </Button>
        </>
      )}
      <Button size="small" icon={Rows3} onClick={showEvents}>
        {text('findings:lead.events')}
      </Button>
    </nav>
  );
}
