// The profile of one actor: risk, what is usual, where from, in which sittings, what is new, and what was made of it.
import { useQuery } from '@tanstack/react-query';
import { Grid3x3, Rows3 } from 'lucide-react';
import type { ActorProfile } from '#shared/model/actor-profile.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Facts } from '../../components/facts.tsx';
import { Notice } from '../../components/notice.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { ActorFull } from '../../domain/actor-full.tsx';
import { useApi } from '../../domain/api.ts';
import { InstantText } from '../../domain/instant.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useActorsView, type ActorInView } from '../../state/actors-view.ts';
import type { EventField } from '../../state/events-view.ts';
import { useHeatmapView } from '../../state/heatmap-view.ts';
import { text } from '../../texts/text.ts';
import styles from './actor-profile-pane.module.css';
import { FindingsAbout, ReviewsAbout } from './about-actor.tsx';
import { FirstSeenPart } from './first-seen-part.tsx';
import type { ProfileTarget } from './profile-target.ts';
import { RiskPart } from './risk-part.tsx';
import { showEventsOf } from './show-events.ts';
import { SessionsPart } from './sessions-part.tsx';
import { UsualPart } from './usual-part.tsx';
import { ValuesPart } from './values-part.tsx';

const mostInHeading = 60;
const courseDays = 90;

type PaneProps = { whom: ActorInView; onGoTo: (target: ProfileTarget) => void };

export function ActorProfilePane({ whom, onGoTo }: PaneProps) {
  const { orpc } = useApi();
  const firstSeenDays = useActorsView((state) => state.firstSeenDays);
  const profile = useQuery(
    orpc.profile.get.queryOptions({
      input: { ...whom, firstSeenDays, historyDays: courseDays },
      placeholderData: (before) => before,
    }),
  );
  const showEvents = (field?: EventField, value?: string) => {
    showEventsOf(whom.actor, field, value);
    onGoTo('events');
  };
  if (profile.isError) return <ProblemNotice error={profile.error} />;
  if (profile.data === undefined) return <EmptyState title={text('actors:readingProfile')} />;
  return <Profile profile={profile.data} whom={whom} onGoTo={onGoTo} onEvents={showEvents} />;
}

type ProfileProps = PaneProps & {
  profile: ActorProfile;
  onEvents: (field?: EventField, value?: string) => void;
};

function Profile({ profile, whom, onGoTo, onEvents }: ProfileProps) {
  const { actor, actorName } = profile;
  return (
    <div className={styles.detail}>
      <header className={styles.head}>
        <h2>
          <Verbatim value={actorName === null || actorName === '' ? actor : actorName} most={mostInHeading} />
        </h2>
        <div className={styles.bar}>
          <Button size="small" icon={Rows3} onClick={() => onEvents()}>
            {text('actors:showEvents')}
          </Button>
          <Button
            size="small"
            icon={Grid3x3}
            onClick={() => {
              useHeatmapView.getState().choose({ actor });
              useHeatmapView.getState().show('days', { action: '' });
              onGoTo('heatmap');
            }}
          >
            {text('actors:showDays')}
          </Button>
        </div>
      </header>
      {profile.onlyKept && <Notice tone="info" title={text('actors:onlyKept')} />}
      <Identity profile={profile} />
      <RiskPart profile={profile} />
      <UsualPart profile={profile} />
      <FirstSeenPart profile={profile} onEvents={onEvents} />
      <ValuesPart
        title={text('actors:actions')}
        field="action"
        values={profile.actions}
        onEvents={onEvents}
      />
      <ValuesPart
        title={text('actors:addresses')}
        field="address"
        values={profile.addresses}
        onEvents={onEvents}
      />
      <ValuesPart
        title={text('actors:targets')}
        field="target"
        values={profile.targets}
        onEvents={onEvents}
      />
      <SessionsPart whom={whom} />
      <FindingsAbout profile={profile} onGoTo={onGoTo} />
      <ReviewsAbout profile={profile} onGoTo={onGoTo} />
    </div>
  );
}

function Identity({ profile }: { profile: ActorProfile }) {
  const { actor, actorName, actorTypes, sourceAccounts, events, firstSeen, lastSeen } = profile;
  return (
    <Facts
      facts={[
        { name: text('actors:fact.actor'), value: <ActorFull actor={actor} name={actorName} /> },
        {
          name: text('actors:fact.type'),
          value: <Verbatim value={actorTypes.join(', ')} missing={text('actors:notRecorded')} />,
        },
        { name: text('actors:fact.account'), value: <Verbatim value={sourceAccounts.join(', ')} /> },
        { name: text('actors:fact.events'), value: text('actors:number', { count: events }) },
        { name: text('actors:fact.firstSeen'), value: <InstantText instant={firstSeen} withOffset /> },
        { name: text('actors:fact.lastSeen'), value: <InstantText instant={lastSeen} withOffset /> },
      ]}
    />
  );
}
