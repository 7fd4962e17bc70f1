// The screens and their addresses.
import type { LucideIcon } from 'lucide-react';
import {
  CalendarCheck2,
  ClipboardCheck,
  Database,
  FileCheck2,
  Gauge,
  Grid3x3,
  ListChecks,
  Rows3,
  ScrollText,
  Settings,
  Split,
  TriangleAlert,
  UsersRound,
} from 'lucide-react';
import { text } from '../texts/text.ts';

export const screenNames = [
  'overview',
  'queue',
  'conflicts',
  'campaigns',
  'findings',
  'heatmap',
  'actors',
  'events',
  'evidence',
  'ledger',
  'sources',
  'settings',
  'audit',
  'connect',
] as const;
export type ScreenName = (typeof screenNames)[number];

export type RailEntry = { screen: ScreenName; keys: string; icon: LucideIcon };

export const railEntries: readonly RailEntry[] = [
  { screen: 'overview', keys: 'g o', icon: Gauge },
  { screen: 'queue', keys: 'g q', icon: ListChecks },
  // Not “g c”: a “c” that comes too late would certify the item in view.
  { screen: 'conflicts', keys: 'g d', icon: Split },
  // Access reviews: “a” abstains and “c” certifies.
  { screen: 'campaigns', keys: 'g w', icon: CalendarCheck2 },
  { screen: 'findings', keys: 'g f', icon: TriangleAlert },
  { screen: 'heatmap', keys: 'g h', icon: Grid3x3 },
  // People: an “a” that comes too late would abstain.
  { screen: 'actors', keys: 'g p', icon: UsersRound },
  { screen: 'events', keys: 'g v', icon: Rows3 },
  { screen: 'evidence', keys: 'g e', icon: FileCheck2 },
  { screen: 'ledger', keys: 'g l', icon: ScrollText },
  { screen: 'sources', keys: 'g b', icon: Database },
  { screen: 'settings', keys: 'g s', icon: Settings },
];

/** An auditor reviews no source: the pack takes the place of everything about one. */
const auditEntries: readonly RailEntry[] = [
  { screen: 'audit', keys: 'g a', icon: ClipboardCheck },
  ...railEntries.filter(({ screen }) => ['evidence', 'ledger', 'settings'].includes(screen)),
];

/** The screens of a workspace, in which somebody's pack is open or not. */
export const entriesFor = (isAudit: boolean): readonly RailEntry[] => (isAudit ? auditEntries : railEntries);

/** What an address leads to while a pack is open. */
export const auditScreenAt = (screen: ScreenName): ScreenName =>
  auditEntries.some((entry) => entry.screen === screen) ? screen : 'audit';

export const screenLabel = (screen: ScreenName): string => text(`app:screen.${screen}`);

/** What fits the rail. */
export const shortLabel = (screen: ScreenName): string =>
  screen === 'queue' ? text('app:screenShort.queue') : screenLabel(screen);

/** `/queue` → queue; anything unknown is the overview. */
export function screenAt(pathname: string): ScreenName {
  const name = pathname.split('/')[1] ?? '';
  return screenNames.find((screen) => screen === name) ?? 'overview';
}

/** What an address names behind the screen: `/settings/detection` → detection; empty where nothing. */
export function sectionAt(pathname: string): string {
  return pathname.split('/')[2] ?? '';
}

/** Everything an address names behind the screen: `/campaigns/ID/items` → ID/items; empty where nothing. */
export function restAt(pathname: string): string {
  return pathname.split('/').slice(2).join('/');
}

export function addressOf(screen: ScreenName): string {
  return screen === 'overview' ? '/' : `/${screen}`;
}
