// The frame around every screen: rail, banner, notices, the screen itself, and the window's dialogs.
import type { Job } from '#shared/model/workspace.ts';
import { useShortcuts } from '../components/keyboard.tsx';
import type { Shortcut } from '../components/keyboard.tsx';
import { RowHeight } from '../components/row-height.ts';
import { useFollowLedger } from '../domain/follow-ledger.ts';
import { useJobEndings, useJobs } from '../domain/jobs.ts';
import { ReviewerDialog } from '../domain/reviewer-dialog.tsx';
import { TakeUpDialog } from '../domain/take-up-dialog.tsx';
import { useStatus } from '../domain/workspace-status.ts';
import { ActorsScreen } from '../screens/actors/actors-screen.tsx';
import { AuditScreen } from '../screens/audit/audit-screen.tsx';
import { CampaignsScreen } from '../screens/campaigns/campaigns-screen.tsx';
import { placeAt, restOf } from '../screens/campaigns/campaign-place.ts';
import { ConflictsScreen } from '../screens/conflicts/conflicts-screen.tsx';
import { EventsScreen } from '../screens/events/events-screen.tsx';
import { EvidenceScreen } from '../screens/evidence/evidence-screen.tsx';
import { FindingsScreen } from '../screens/findings/findings-screen.tsx';
import { HeatmapScreen } from '../screens/heatmap/heatmap-screen.tsx';
import { LedgerScreen } from '../screens/ledger/ledger-screen.tsx';
import { OverviewScreen } from '../screens/overview/overview-screen.tsx';
import { QueueScreen } from '../screens/queue/queue-screen.tsx';
import { SettingsScreen } from '../screens/settings/settings-screen.tsx';
import { SourcesScreen } from '../screens/sources/sources-screen.tsx';
import { WelcomeScreen } from '../screens/welcome/welcome-screen.tsx';
import { rowHeights, useDensity } from '../state/density.ts';
import { dismissPassingNotices, useDialogs } from '../state/dialogs.ts';
import { ActivityFilterBanner } from './activity-filter-banner.tsx';
import { AuditBanner } from './audit-banner.tsx';
import { ClockBanner } from './clock-banner.tsx';
import { CommandPalette } from './command-palette.tsx';
import { paletteKeys, useCommands } from './commands.ts';
import { KeySheet } from './key-sheet.tsx';
import { NavigationRail } from './navigation-rail.tsx';
import { Notices } from './notices.tsx';
import type { ScreenName } from './routes.ts';
import { auditScreenAt } from './routes.ts';
import { ReviewerBanner } from './reviewer-banner.tsx';
import { SendDialog } from './send-dialog.tsx';
import styles from './shell.module.css';
import { StatusBanner } from './status-banner.tsx';
import { SyncReportDialog } from './sync-report-dialog.tsx';
import { goTo, goToSection, useAddressRest, useScreen, useScreenLeft, useSection } from './use-screen.ts';

export function Shell() {
  const current = useScreen();
  const jobs = useJobs();
  useJobEndings(jobs);
  useFollowLedger();
  useScreenLeft(dismissPassingNotices);
  const isAudit = useStatus().audit !== undefined;
  const commands = useCommands();
  useShortcuts(commands.filter((command) => command.keys !== ''));
  const density = useDensity((state) => state.choice);
  return (
    <RowHeight value={rowHeights[density]}>
      <div className={styles.shell}>
        <NavigationRail current={isAudit ? auditScreenAt(current) : current} />
        <div className={styles.column}>
          {isAudit ? <AuditBanner /> : <StatusBanner jobs={jobs} />}
          <ClockBanner />
          <ReviewerBanner />
          <ActivityFilterBanner />
          <Notices />
          <main className={styles.main}>
            <Screen name={current} jobs={jobs} />
          </main>
        </div>
        <WindowDialogs jobs={jobs} commands={commands} />
      </div>
    </RowHeight>
  );
}

/** Until there is something to look at, every data screen is the welcome. */
function Screen({ name, jobs }: { name: ScreenName; jobs: readonly Job[] }) {
  const status = useStatus();
  const section = useSection();
  const rest = useAddressRest();
  const isPreparing = jobs.some((job) => job.kind === 'sample' && job.state === 'running');
  const hasData = status.lastRefresh !== null || (status.connection !== null && !isPreparing);
  if (name === 'evidence') return <EvidenceScreen jobs={jobs} />;
  if (name === 'ledger') return <LedgerScreen />;
  if (name === 'settings')
    return <SettingsScreen section={section} onSection={(to) => goToSection('settings', to)} />;
  if (name === 'audit' || status.audit !== undefined)
    return <AuditScreen onVerifyOnly={() => goTo('evidence')} />;
  // A workspace that only takes up items by file has no source.
  if (name === 'campaigns' && status.audit === undefined)
    return (
      <CampaignsScreen place={placeAt(rest)} onGo={(place) => goToSection('campaigns', restOf(place))} />
    );
  if (name === 'connect' || !hasData) {
    return (
      <WelcomeScreen
        jobs={jobs}
        startsWithForm={name === 'connect'}
        onReady={() => goTo('overview')}
        onOpenPack={() => goTo('audit')}
      />
    );
  }
  if (name === 'queue') return <QueueScreen onFindings={() => goTo('findings')} />;
  if (name === 'conflicts') return <ConflictsScreen />;
  if (name === 'findings') return <FindingsScreen onGoTo={goTo} />;
  if (name === 'heatmap') return <HeatmapScreen />;
  if (name === 'sources')
    return (
      <SourcesScreen
        section={section}
        onSection={(to) => goToSection('sources', to)}
        onConnect={() => goTo('connect')}
      />
    );
  if (name === 'actors') return <ActorsScreen onGoTo={goTo} />;
  if (name === 'events') return <EventsScreen onGoTo={goTo} />;
  return <OverviewScreen onGoTo={goTo} onCampaigns={(at) => goToSection('campaigns', at)} />;
}

type WindowDialogsProps = { jobs: readonly Job[]; commands: readonly Shortcut[] };

function WindowDialogs({ jobs, commands }: WindowDialogsProps) {
  const { keySheet, palette, reviewerPrompt, sending, syncReportJob, takingUp } = useDialogs();
  const report = jobs.find((job) => job.id === syncReportJob);
  return (
    <>
      {palette && (
        <CommandPalette
          commands={commands.filter((command) => command.keys !== paletteKeys)}
          onClose={() => useDialogs.setState({ palette: false })}
        />
      )}
      {keySheet && <KeySheet onClose={() => useDialogs.setState({ keySheet: false })} />}
      {reviewerPrompt !== null && (
        <ReviewerDialog
          onClose={() => useDialogs.setState({ reviewerPrompt: null })}
          onSaved={() => {
            useDialogs.setState({ reviewerPrompt: null });
            reviewerPrompt.resume();
          }}
        />
      )}
      {takingUp && (
        <TakeUpDialog
          onTaken={(id) => goToSection('campaigns', restOf({ at: 'campaign', id, section: 'items' }))}
          onClose={() => useDialogs.setState({ takingUp: false })}
        />
      )}
      {sending && <SendDialog jobs={jobs} onClose={() => useDialogs.setState({ sending: false })} />}
      {report !== undefined && (
        <SyncReportDialog job={report} onClose={() => useDialogs.setState({ syncReportJob: null })} />
      )}
    </>
  );
}
