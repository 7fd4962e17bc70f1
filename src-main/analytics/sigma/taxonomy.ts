// The names a rule may use for what is known about an event.
import type { SegmentField } from '../history/segment.ts';

/** A field of an event as a rule names it. */
export type RuleField =
  | { readonly kind: 'sourceAccount' | 'actor' | 'action'; readonly name: string }
  | { readonly kind: 'column'; readonly name: string; readonly column: SegmentField }
  | { readonly kind: 'metadata'; readonly name: string; readonly path: readonly string[] };

const columns: Readonly<Record<string, SegmentField>> = {
  actor_type: 'actorType',
  resource_type: 'resourceType',
  resource_id: 'resourceId',
  ip: 'ip',
  user_agent: 'userAgent',
  severity: 'severity',
  outcome: 'outcome',
  session_id: 'sessionId',
  bytes: 'bytes',
  record_count: 'recordCount',
  status: 'status',
  method: 'method',
  path: 'path',
};

/** Every name a rule may use, except the endless ones below metadata. */
export const ruleFieldNames: readonly string[] = [
  'source_account',
  'actor',
  'action',
  'event_type',
  ...Object.keys(columns),
];

const deepestMetadataPath = 12;

/** The field of that name; null when there is none. `event_type` is another word for `action`. */
export function fieldNamed(name: string): RuleField | null {
  if (name === 'source_account') return { kind: 'sourceAccount', name };
  if (name === 'actor') return { kind: 'actor', name };
  if (name === 'action' || name === 'event_type') return { kind: 'action', name: 'action' };
  if (Object.hasOwn(columns, name)) return { kind: 'column', name, column: columns[name]! };
  const path = name.split('.');
  if (path.shift() !== 'metadata' || path.length === 0 || path.length > deepestMetadataPath) return null;
  return path.includes('') ? null : { kind: 'metadata', name, path };
}

/** What the source has to offer for this field to say anything; null when every source has it. */
export function needOf(field: RuleField): SegmentField | null {
  if (field.kind === 'column') return field.column;
  return field.kind === 'metadata' ? 'metadata' : null;
}
