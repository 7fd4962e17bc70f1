// Turns what was typed into a connection request, or says field by field why it cannot.
import { mappingFile, minimisableFields, mirrorLimits } from '#shared/model/connection.ts';
import type { ConnectRequest, EventField, MirrorLimits } from '#shared/model/connection.ts';
import { eventFields, requiredEventFields } from '#shared/model/connection.ts';

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
  sourceAccount: string | null;
  zone: string;
  mirror: MirrorLimits;
};

/** The form for connecting again: what is known is filled in, the password never is. */
export function draftFromConnection(known: KnownConnection): ConnectDraft {
  const { host, port, tls, database, user, sourceAccount, zone, mirror } = known;
  return {
    ...emptyConnectDraft(zone),
    way: 'fields',
    host,
    port: String(port),
    tls,
    database,
    user,
    sourceAccount: sourceAccount ?? '',
    keeps: mirror.rows ? 'rows' : 'cells',
    mirrorFields: mirror.fields === null ? '' : mirror.fields.join(', ') || 'none',
    mirrorDays: mirror.days === null ? '' : String(mirror.days),
  };
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
  if (!read.success) errors.mirrorDays = 'A whole number of days from 100 to 36,500, or nothing.';
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
    : `There is no field “${unknown}” to choose. There are ${minimisableFields.join(', ')}, or “none”.`;
}

function readUrl(draft: ConnectDraft, request: ConnectRequest, errors: ConnectErrors): void {
  const url = draft.url.trim();
  if (/^postgres(ql)?:\/\//.test(url)) request.url = url;
  else errors.url = 'Enter a URL that starts with postgresql://';
}

function readFields(draft: ConnectDraft, request: ConnectRequest, errors: ConnectErrors): void {
  const port = Number(draft.port);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) request.port = port;
  else errors.port = 'A port is a number from 1 to 65535.';
  for (const name of ['host', 'database', 'user'] as const) {
    const value = draft[name].trim();
    if (value === '') errors[name] = `Enter the ${name}.`;
    else request[name] = value;
  }
  request.tls = draft.tls;
}

/** The mapping, or a sentence that says what is wrong with the text. */
function readMapping(text: string): NonNullable<ConnectRequest['mapping']> | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `This is not JSON: ${error instanceof Error ? error.message : 'it cannot be read'}.`;
  }
  const parsed = mappingFile.safeParse(value);
  if (!parsed.success) return describeIssue(parsed.error.issues[0]);
  const missing = requiredEventFields.filter((field) => parsed.data.columns[field] === undefined);
  return missing.length === 0 ? parsed.data : `The mapping needs a column for ${listWords(missing)}.`;
}

function describeIssue(issue: { path: PropertyKey[]; message: string } | undefined): string {
  if (issue === undefined) return 'This is not a mapping.';
  const place = issue.path.length === 0 ? 'The mapping' : `“${issue.path.map(String).join('.')}”`;
  return `${place} is not right: ${issue.message}. Known fields: ${eventFields.join(', ')}.`;
}

function listWords(fields: readonly EventField[]): string {
  return fields.length === 1 ? `${fields[0]}` : `${fields.slice(0, -1).join(', ')} and ${fields.at(-1)}`;
}
