// The screens and their addresses.
import type { LucideIcon } from 'lucide-react';
import {
  ClipboardCheck,
  FileCheck2,
  Gauge,
  Grid3x3,
  ListChecks,
  ScrollText,
  Settings,
  Split,
  TriangleAlert,
} from 'lucide-react';

export const screenNames = [
  'overview',
  'queue',
  'conflicts',
  'findings',
  'heatmap',
  'evidence',
  'ledger',
  'settings',
  'audit',
  'connect',
] as const;
export type ScreenName = (typeof screenNames)[number];

/** `short` is what fits the rail; `label` is the full name. */
export type RailEntry = { screen: ScreenName; label: string; short?: string; keys: string; icon: LucideIcon };

export const railEntries: readonly RailEntry[] = [
  { screen: 'overview', label: 'Overview', keys: 'g o', icon: Gauge },
  { screen: 'queue', label: 'Review queue', short: 'Queue', keys: 'g q', icon: ListChecks },
  // Not “g c”: a “c” that comes too late would certify the item in view.
  { screen: 'conflicts', label: 'Conflicts', keys: 'g d', icon: Split },
  { screen: 'findings', label: 'Findings', keys: 'g f', icon: TriangleAlert },
  { screen: 'heatmap', label: 'Heatmap', keys: 'g h', icon: Grid3x3 },
  { screen: 'evidence', label: 'Evidence', keys: 'g e', icon: FileCheck2 },
  { screen: 'ledger', label: 'Ledger', keys: 'g l', icon: ScrollText },
  { screen: 'settings', label: 'Settings', keys: 'g s', icon: Settings },
];

/** An auditor reviews no source: the pack takes the place of everything about one. */
const auditEntries: readonly RailEntry[] = [
  { screen: 'audit', label: 'Audit', keys: 'g a', icon: ClipboardCheck },
  ...railEntries.filter(({ screen }) => ['evidence', 'ledger', 'settings'].includes(screen)),
];

/** The screens of a workspace, in which somebody's pack is open or not. */
export const entriesFor = (isAudit: boolean): readonly RailEntry[] => (isAudit ? auditEntries : railEntries);

/** What an address leads to while a pack is open. */
export const auditScreenAt = (screen: ScreenName): ScreenName =>
  auditEntries.some((entry) => entry.screen === screen) ? screen : 'audit';

/** `/queue` → queue; anything unknown is the overview. */
export function screenAt(pathname: string): ScreenName {
  const name = pathname.split('/')[1] ?? '';
  return screenNames.find((screen) => screen === name) ?? 'overview';
}

export function addressOf(screen: ScreenName): string {
  return screen === 'overview' ? '/' : `/${screen}`;
}
