// People and findings by name, for the palette: looked up once somebody types, and never more than fit.
import { useQuery } from '@tanstack/react-query';
import type { Finding } from '#shared/model/finding.ts';
import type { ActorCount } from '#shared/model/workspace.ts';
import type { Shortcut } from '../components/keyboard.tsx';
import { shortened } from '../components/shortened.ts';
import { visibleText } from '../components/visible-text.ts';
import { useApi } from '../domain/api.ts';
import { useDetectorTitles } from '../domain/detector-titles.ts';
import { useStatus, useZone } from '../domain/workspace-status.ts';
import { inZone } from '../domain/zoned-time.ts';
import { useActorsView } from '../state/actors-view.ts';
import { useFindingsView } from '../state/findings-view.ts';
import { useSelection } from '../state/selection.ts';
import { text } from '../texts/text.ts';
import { goTo } from './use-screen.ts';

/** Shorter than this, everything would match. */
const leastTyped = 2;
const mostOfEach = 7;
const mostOfName = 80;
const minuteMs = 60_000;
const mostActors = 10_000;

export type FoundCommand = Shortcut & { id: string };

/** Returns what matches all the words typed, the most active people and the newest findings first. */
export function useFoundCommands(typed: string): FoundCommand[] {
  const { orpc } = useApi();
  const { audit, lastRefresh } = useStatus();
  const titleOf = useDetectorTitles();
  const zone = useZone();
  const words = typed.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const enabled = typed.trim().length >= leastTyped && audit === undefined && lastRefresh !== null;
  const kept = { enabled, staleTime: minuteMs };
  const actors = useQuery(orpc.activity.topActors.queryOptions({ input: { limit: mostActors }, ...kept }));
  const findings = useQuery(orpc.findings.list.queryOptions({ input: {}, ...kept }));
  if (!enabled) return [];
  const nameOf = (finding: Finding) =>
    text('app:palette.findingName', {
      title: titleOf(finding.detector),
      what: [named(finding.action), named(finding.actorName ?? finding.actor)].filter(Boolean).join(', '),
      when: inZone(finding.start, zone),
    });
  return [
    ...matching(actors.data ?? [], words, ({ actor, actorName }) => `${actorName ?? ''} ${actor}`).map(
      actorCommand,
    ),
    ...matching(findings.data ?? [], words, (finding) => `${nameOf(finding)} ${finding.actor}`).map(
      (finding) => findingCommand(finding, nameOf(finding)),
    ),
  ];
}

const named = (recorded: string): string => shortened(visibleText(recorded), mostOfName);

/** The first few of which the words occur in what they are called. */
export function matching<Item>(
  items: readonly Item[],
  words: readonly string[],
  nameOf: (item: Item) => string,
  most = mostOfEach,
): Item[] {
  const found: Item[] = [];
  for (const item of items) {
    const name = nameOf(item).toLowerCase();
    if (words.every((word) => name.includes(word))) found.push(item);
    if (found.length === most) break;
  }
  return found;
}

function actorCommand({ actor, actorName, sourceAccount }: ActorCount): FoundCommand {
  return {
    id: `actor ${sourceAccount} ${actor}`,
    keys: '',
    label: actorName === null ? named(actor) : `${named(actorName)} (${named(actor)})`,
    group: text('app:palette.actors'),
    run: () => {
      useActorsView.getState().open({ actor, sourceAccount });
      goTo('actors');
    },
  };
}

function findingCommand({ id }: Finding, label: string): FoundCommand {
  return {
    id: `finding ${id}`,
    keys: '',
    label,
    group: text('app:palette.findings'),
    run: () => {
      const view = useFindingsView.getState();
      view.setStatus('all');
      view.setDetector('');
      view.setGrouping('finding');
      useSelection.getState().select('findings', id);
      goTo('findings');
    },
  };
}
