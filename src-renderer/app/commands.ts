// What the window can do from anywhere: the shortcuts and the palette share this list.
import { queueTabs } from '#shared/model/triage.ts';
import type { Shortcut } from '../components/keyboard.tsx';
import { useRefresh } from '../domain/jobs.ts';
import { useReviewerGate } from '../domain/reviewer-gate.ts';
import { useStatus } from '../domain/workspace-status.ts';
import { sectionNames as settingsSections } from '../screens/settings/section-names.ts';
import { sectionNames as sourceSections } from '../screens/sources/section-names.ts';
import { openSending, openTakingUp, useDialogs } from '../state/dialogs.ts';
import { useFindingsView, type ShownStatus } from '../state/findings-view.ts';
import { heatmapViews, useHeatmapView } from '../state/heatmap-view.ts';
import { useLedgerView } from '../state/ledger-view.ts';
import { useQueueView } from '../state/queue-view.ts';
import { useTheme } from '../state/theme.ts';
import { text } from '../texts/text.ts';
import { entriesFor, screenLabel, type ScreenName } from './routes.ts';
import { goTo, goToSection } from './use-screen.ts';

/** Opens the palette, which does not offer itself. */
export const paletteKeys = 'Ctrl k';

/** Commands with an empty `keys` are reached through the palette only. */
export function useCommands(): Shortcut[] {
  const refresh = useRefresh();
  const gate = useReviewerGate();
  const { audit } = useStatus();
  const { theme, choose } = useTheme();
  const other = theme === 'dark' ? 'light' : 'dark';
  const isAudit = audit !== undefined;
  const help = text('app:palette.help');
  return [
    ...entriesFor(isAudit).map(({ screen, keys }) => ({
      keys,
      label: screenLabel(screen),
      group: text('app:palette.goTo'),
      run: () => goTo(screen),
    })),
    ...(isAudit
      ? []
      : [
          ...workspaceCommands(
            () => refresh.mutate({}),
            () => gate(openTakingUp),
          ),
          ...listCommands(),
        ]),
    ...ledgerCommands(),
    ...sectionCommands(isAudit),
    {
      keys: '',
      label: other === 'light' ? text('app:theme.toLight') : text('app:theme.toDark'),
      group: help,
      run: () => choose(other),
    },
    {
      keys: '?',
      label: text('app:keys.title'),
      group: help,
      run: () => useDialogs.setState({ keySheet: true }),
    },
    {
      keys: paletteKeys,
      label: text('app:palette.title'),
      group: help,
      run: () => useDialogs.setState({ palette: true }),
    },
  ];
}

function workspaceCommands(refresh: () => void, takeUp: () => void): Shortcut[] {
  const group = text('app:palette.workspace');
  return [
    { keys: '', label: text('app:palette.refresh'), group, run: refresh },
    { keys: '', label: text('app:palette.send'), group, run: openSending },
    { keys: '', label: text('app:palette.connect'), group, run: () => goTo('connect') },
    { keys: '', label: text('campaignFiles:takeUp.open'), group, run: takeUp },
    {
      keys: '',
      label: text('app:palette.changeReviewer'),
      group,
      run: () => useDialogs.setState({ reviewerPrompt: { resume: () => undefined } }),
    },
  ];
}

const findingStatuses = [
  'open',
  'escalated',
  'acknowledged',
  'false-positive',
  'suppressed',
  'all',
] as const satisfies readonly ShownStatus[];

/** Each list as it may be narrowed. */
function listCommands(): Shortcut[] {
  const group = text('app:palette.views');
  const queue = queueTabs.map((tab) => ({
    keys: '',
    label: text(`app:palette.queue.${tab}`),
    group,
    run: () => {
      useQueueView.getState().setFilter(tab);
      goTo('queue');
    },
  }));
  const findings = findingStatuses.map((status) => ({
    keys: '',
    label: text(`app:palette.finding.${status}`),
    group,
    run: () => {
      useFindingsView.getState().setStatus(status);
      goTo('findings');
    },
  }));
  const heatmap = heatmapViews.map((view) => ({
    keys: '',
    label: text(`app:palette.heatmap.${view}`),
    group,
    run: () => {
      useHeatmapView.getState().show(view);
      goTo('heatmap');
    },
  }));
  return [...queue, ...findings, ...heatmap];
}

/** The sections of the settings and of what is said about the source, by their addresses. */
function sectionCommands(isAudit: boolean): Shortcut[] {
  const command = (screen: ScreenName, section: string, label: string) => ({
    keys: '',
    label: `${screenLabel(screen)}: ${label}`,
    group: text('app:palette.views'),
    run: () => goToSection(screen, section),
  });
  const settings = settingsSections.map((name) =>
    command('settings', name, text(`settings:sections.${name}`)),
  );
  const sources = sourceSections.map((name) => command('sources', name, text(`sources:sections.${name}`)));
  return isAudit ? settings : [...sources, ...settings];
}

function ledgerCommands(): Shortcut[] {
  return (['entries', 'checks'] as const).map((part) => ({
    keys: '',
    label: text(`app:palette.ledger.${part}`),
    group: text('app:palette.views'),
    run: () => {
      useLedgerView.getState().setPart(part);
      goTo('ledger');
    },
  }));
}
