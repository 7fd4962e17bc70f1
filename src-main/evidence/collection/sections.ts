// The lists of a pack as they are walked through: which file they are in, what a row is about, and what is shown of it.
import type { PackSection } from '#shared/model/work-papers.ts';
import { changeTypes } from '../../review/work-papers/change-types.ts';

export type Json = Readonly<Record<string, unknown>>;

export type Section = {
  readonly file: string;
  /** Whether a line belongs to the list. */
  readonly takes: (row: Json) => boolean;
  readonly key: (row: Json) => unknown;
  readonly columns: readonly string[];
  readonly cells: (row: Json) => readonly unknown[];
  readonly facetName: string;
  readonly facet: (row: Json) => unknown;
};

const every = () => true;
const changes: ReadonlySet<unknown> = new Set(changeTypes);

const ledgerRow = {
  file: 'data/ledger.jsonl',
  key: (row: Json) => row['id'],
  columns: ['Entry', 'When', 'Kind', 'Who', 'About'],
  cells: (row: Json) => [row['seq'], row['wall_time'], row['type'], row['actor'], row['subject']],
  facetName: 'Kind',
  facet: (row: Json) => row['type'],
};

/** A member that is an object; of anything else nothing is shown. */
const partOf = (value: unknown): Json => (typeof value === 'object' && value !== null ? { ...value } : {});
const periodOf = (row: Json): Json => partOf(partOf(row['definition'])['period']);

export const sections: Readonly<Record<PackSection, Section>> = {
  population: {
    file: 'data/population.jsonl',
    takes: every,
    key: (row) => row['id'],
    columns: ['Action', 'Actor', 'Due', 'Decision', 'Status'],
    cells: (row) => [
      row['action'],
      row['actorName'] ?? row['actor'],
      row['dueAt'],
      row['decision'],
      row['status'],
    ],
    facetName: 'Decision',
    facet: (row) => row['decision'] ?? 'undecided',
  },
  decisions: {
    file: 'data/decisions.jsonl',
    takes: (row) => row['decision'] !== null && row['decision'] !== undefined,
    key: (row) => row['id'],
    columns: ['Item', 'Decision', 'Reviewer', 'When', 'Reason'],
    cells: (row) => [row['review'], row['decision'], row['reviewerName'], row['decidedAt'], row['reason']],
    facetName: 'Decision',
    facet: (row) => row['decision'],
  },
  findings: {
    file: 'data/findings.jsonl',
    takes: every,
    key: (row) => row['id'],
    columns: ['Severity', 'Method', 'Actor', 'Start', 'Disposition'],
    cells: (row) => [
      row['severity'],
      row['detector'],
      row['actorName'] ?? row['actor'],
      row['start'],
      row['disposition'],
    ],
    facetName: 'Disposition',
    facet: (row) => row['disposition'] ?? 'without disposition',
  },
  conflicts: {
    file: 'data/conflicts.jsonl',
    takes: every,
    key: (row) => row['anomaly'] ?? row['review'],
    columns: ['About', 'Standing', 'Outcome'],
    cells: (row) => [row['anomaly'] ?? row['review'], row['standing'], row['outcome']],
    facetName: 'Standing',
    facet: (row) => row['standing'] ?? 'not stated',
  },
  changes: { ...ledgerRow, takes: (row) => changes.has(row['type']) },
  ledger: { ...ledgerRow, takes: every },
  campaigns: {
    file: 'data/campaigns.jsonl',
    takes: every,
    key: (row) => row['campaign'],
    columns: ['Campaign', 'From', 'To', 'Items', 'Certified', 'Revoked', 'Modified', 'Open'],
    cells: (row) => [
      partOf(row['definition'])['name'],
      periodOf(row)['from'],
      periodOf(row)['to'],
      ...['items', 'certified', 'revoked', 'modified', 'open'].map((name) => partOf(row['counts'])[name]),
    ],
    facetName: 'State',
    facet: (row) => row['state'],
  },
  'campaign-items': {
    file: 'data/campaign-items.jsonl',
    takes: every,
    key: (row) => `${String(row['campaign'])}/${String(partOf(row['item'])['key'])}`,
    columns: ['Account', 'Right', 'On', 'Privileged', 'Outcome', 'State'],
    cells: (row) => {
      const { subject, subjectName, entitlement, resource, privileged } = partOf(row['item']);
      return [subjectName ?? subject, entitlement, resource, privileged, row['outcome'], row['state']];
    },
    facetName: 'Outcome',
    facet: (row) => row['outcome'] ?? 'no outcome',
  },
};
