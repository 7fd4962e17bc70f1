// One line of an event file as an event of a history.
import type { HistoryEvent } from '../../../src-main/analytics/history/build-history.ts';
import type { SegmentField } from '../../../src-main/analytics/history/segment.ts';
import { readTime } from './read-time.ts';
import type { JsonObject, Parsed } from './reading.ts';

/** The names a file may use, the usual one first. */
const names = {
  id: ['id', 'event_id'],
  createdAt: ['created_at', 'timestamp', 'time'],
  sourceAccount: ['source_account_id', 'source_account', 'tenant_id'],
  actor: ['actor', 'actor_user_id', 'actor_id', 'user_id'],
  actorName: ['actor_name'],
  action: ['action', 'event_type'],
} as const;

const fieldNames: Readonly<Record<SegmentField, readonly string[]>> = {
  actorType: ['actor_type'],
  resourceType: ['resource_type'],
  resourceId: ['resource_id'],
  ip: ['ip', 'ip_address'],
  userAgent: ['user_agent'],
  severity: ['severity'],
  metadata: ['metadata', 'context'],
  outcome: ['outcome'],
  sessionId: ['session_id'],
  bytes: ['bytes'],
  recordCount: ['record_count'],
  status: ['status'],
  method: ['method'],
  path: ['path'],
};

type Remark = (text: string) => void;

/**
 * Texts stay as they are written. Time and action are required; without an id the event is named after its line; an absent
 * actor is unattributed, and any other absent value unknown.
 * @param shared returns one copy of texts that repeat.
 */
export function eventOf(
  object: JsonObject,
  line: number,
  remark: Remark,
  shared: (text: string) => string,
): Parsed<HistoryEvent> {
  const text = (name: keyof typeof names) => textOf(first(object, names[name]), names[name][0], remark);
  const createdAt = first(object, names.createdAt);
  const createdAtMicroseconds = readTime(createdAt);
  if (createdAtMicroseconds === null)
    return { reason: createdAt === undefined ? 'no created_at' : 'created_at is not a time' };
  const action = text('action');
  if (action === null) return { reason: 'no action' };
  const id = text('id');
  if (id === null) remark('event without an id, named after its line');
  const actorName = text('actorName');
  return {
    value: {
      id: id ?? `line ${line}`,
      createdAtMicroseconds,
      sourceAccount: shared(text('sourceAccount') ?? ''),
      actor: shared(text('actor') ?? ''),
      ...(actorName === null ? {} : { actorName: shared(actorName) }),
      action: shared(action),
      fields: fieldsOf(object, remark, shared),
    },
  };
}

function fieldsOf(object: JsonObject, remark: Remark, shared: (text: string) => string) {
  const fields: Partial<Record<SegmentField, string>> = {};
  for (const field in fieldNames) {
    const value = first(object, fieldNames[field as SegmentField]);
    if (value === undefined || value === null) continue;
    if (field === 'metadata')
      fields.metadata = typeof value === 'string' ? value.toWellFormed() : JSON.stringify(value);
    else {
      const text = textOf(value, fieldNames[field as SegmentField][0]!, remark);
      if (text !== null) fields[field as SegmentField] = shared(text);
    }
  }
  return fields;
}

function first(object: JsonObject, keys: readonly string[]): unknown {
  return keys.map((key) => object[key]).find((value) => value !== undefined);
}

function textOf(value: unknown, name: string, remark: Remark): string | null {
  // Half a character: no database holds it, and no finding could be named after it.
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value !== undefined && value !== null) remark(`${name} is neither text nor number: unknown`);
  return null;
}
