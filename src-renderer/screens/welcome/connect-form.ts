// Turns what was typed into a connection request, or says field by field why it cannot.
import { mappingFile, minimisableFields, mirrorLimits } from '#shared/model/connection.ts';
import type { ConnectRequest, EventField, MirrorLimits } from '#shared/model/connection.ts';
import { eventFields, requiredEventFields } from '#shared/model/connection.ts';
import type { RememberedSource } from '#shared/model/source-health.ts';
import { text } from '../../texts/text.ts';

export type ConnectDraft = {
  way: 'url' | 'fields';
  url: string;
  host: string;
  port: string;
  database: string;
  user: string;
  password: string;
  tls: 'verify' | 'off';
  caFile: string;
  sourceAccount: string;
  zone: string;
  mapping: string;
  keeps: 'rows' | 'cells';
  /** Empty keeps every field. */
  mirrorFields: string;
  /** Empty keeps them for good. */
  mirrorDays: string;
};

export type ConnectErrors = Partial<Record<keyof ConnectDraft, string>>;

export function emptyConnectDraft(zone: string): ConnectDraft {
  return {
    way: 'url',
    url: '',
    host: '',
    port: '5432',
    database: '',
    user: '',
    password: '',
    tls: 'verify',
    caFile: '',
    sourceAccount: '',
    zone,
    mapping: '',
    keeps: 'rows',
    mirrorFields: '',
    mirrorDays: '',
  };
}

type KnownConnection = {
  host: string;
  port: number;
  tls: ConnectDraft['tls'];
  database: string;
  user: string;
  caFile?: string | null | undefined;
  sourceAccount: string | null;
  zone: string;
  mirror: MirrorLimits;
};

/**
 * The form for connecting again: what is known is filled in, the password never is.
 * @param mapping the text of a mapping of its own; empty where the table is a known one
 */
export function draftFromConnection(known: KnownConnection, mapping: string): ConnectDraft {
  const { host, port, tls, caFile, database, user, sourceAccount, zone, mirror } = known;
  return {
    ...emptyConnectDraft(zone),
    way: 'fields',
    host,
    port: String(port),
    tls,
    caFile: caFile ?? '',
    database,
    user,
    sourceAccount: sourceAccount ?? '',
    mapping,
    keeps: mirror.rows ? 'rows' : 'cells',
    mirrorFields: mirror.fields === null ? '' : mirror.fields.join(', ') || 'none',
    mirrorDays: mirror.days === null ? '' : String(mirror.days),
  };
}

/** A mapping that no preset stands for, as a mapping file has it; empty otherwise, as known tables are recognised. */
export function customMappingText(source: RememberedSource | null): string {
  if (source?.preset !== 'custom') return '';
  const { schema, table, mapping } = source;
  const columns = Object.fromEntries(mapping.map(({ field, reference }) => [field, reference]));
  return JSON.stringify({ schema, table, columns }, null, 2);
}

export const exampleMapping = `{
  "schema": "public",
  "table": "audit_trail",
  "columns": {
    "id": "id",
    "createdAt": "occurred_at",
    "actor": "user_id",
    "action": "event",
    "ip": { "column": "details", "jsonKey": "ip" }
  }
}`;

type Reading = { request: ConnectRequest; errors: ConnectErrors };

/** The request to send, and one sentence for each field that stands in its way. */
export function readConnectDraft(draft: ConnectDraft): Reading {
  const errors: ConnectErrors = {};
  const request: ConnectRequest = {};
  if (draft.way === 'url') readUrl(draft, request, errors);
  else readFields(draft, request, errors);
  if (draft.password !== '') request.password = draft.password;
  if (draft.caFile.trim() !== '') request.caFile = draft.caFile.trim();
  if (draft.sourceAccount.trim() !== '') request.sourceAccount = draft.sourceAccount.trim();
  if (draft.zone.trim() !== '') request.zone = draft.zone.trim();
  if (draft.mapping.trim() !== '') {
    const mapping = readMapping(draft.mapping);
    if (typeof mapping === 'string') errors.mapping = mapping;
    else request.mapping = mapping;
  }
  const mirror = readMirror(draft, errors);
  if (mirror !== null) request.mirror = mirror;
  return { request, errors };
}

/** Null says nothing about it, which keeps every event with every field. */
function readMirror(draft: ConnectDraft, errors: ConnectErrors): MirrorLimits | null {
  if (draft.keeps === 'cells') return { rows: false, fields: null, days: null };
  const [list, days] = [draft.mirrorFields.trim(), draft.mirrorDays.trim()];
  const fields = list === '' ? null : readFieldNames(list);
  if (typeof fields === 'string') errors.mirrorFields = fields;
  const read = mirrorLimits.shape.days.safeParse(days === '' ? null : Number(days));
  if (!read.success) errors.mirrorDays = text('welcome:error.days');
  if (!read.success || typeof fields === 'string' || (list === '' && days === '')) return null;
  return { rows: true, fields, days: read.data };
}

/** The fields, or a sentence that says which of them there is not. */
function readFieldNames(list: string): NonNullable<MirrorLimits['fields']> | string {
  if (list === 'none') return [];
  const names = list.split(',').map((name) => name.trim());
  const known = minimisableFields.filter((field) => names.includes(field));
  const unknown = names.find((name) => !known.some((field) => field === name));
  return unknown === undefined
    ? known
    : text('welcome:error.field', { field: unknown, fields: minimisableFields.join(', ') });
}

function readUrl(draft: ConnectDraft, request: ConnectRequest, errors: ConnectErrors): void {
  const url = draft.url.trim();
  if (/^postgres(ql)?:\/\//.test(url)) request.url = url;
  else errors.url = text('welcome:error.url');
}

function readFields(draft: ConnectDraft, request: ConnectRequest, errors: ConnectErrors): void {
  const port = Number(draft.port);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) request.port = port;
  else errors.port = text('welcome:error.port');
  for (const name of ['host', 'database', 'user'] as const) {
    const value = draft[name].trim();
    if (value === '') errors[name] = text(`welcome:error.${name}`);
    else request[name] = value;
  }
  request.tls = draft.tls;
}

/** The mapping, or a sentence that says what is wrong with the text. */
function readMapping(written: string): NonNullable<ConnectRequest['mapping']> | string {
  let value: unknown;
  try {
    value = JSON.parse(written);
  } catch (error) {
    const why = error instanceof Error ? error.message : text('welcome:error.unreadable');
    return text('welcome:error.notJson', { why });
  }
  const parsed = mappingFile.safeParse(value);
  if (!parsed.success) return describeIssue(parsed.error.issues[0]);
  const missing = requiredEventFields.filter((field) => parsed.data.columns[field] === undefined);
  return missing.length === 0 ? parsed.data : text('welcome:error.missing', { fields: listWords(missing) });
}

function describeIssue(issue: { path: PropertyKey[]; message: string } | undefined): string {
  if (issue === undefined) return text('welcome:error.notMapping');
  const [why, fields] = [issue.message, eventFields.join(', ')];
  return issue.path.length === 0
    ? text('welcome:error.mapping', { why, fields })
    : text('welcome:error.mappingAt', { place: issue.path.map(String).join('.'), why, fields });
}

function listWords(fields: readonly EventField[]): string {
  return fields.length === 1
    ? `${fields[0]}`
    : text('welcome:error.and', { first: fields.slice(0, -1).join(', '), last: `${fields.at(-1)}` });
}
