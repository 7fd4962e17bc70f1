// What really happened: incidents and labels, as files tell them.
import { readTime } from './read-time.ts';
import { readObjects, type JsonObject, type Parsed, type ReadingReport } from './reading.ts';

export const expectations = ['alert', 'review', 'quiet'] as const;
/** alert: a finding should name it · review: a finding or the privileged queue · quiet: nothing should be listed. */
export type Expectation = (typeof expectations)[number];

export interface Incident {
  readonly incident: string;
  readonly kind: string;
  readonly expect: Expectation;
  /** Harmless in truth, whatever is expected. */
  readonly benign: boolean;
  /** What it must not be taken for. */
  readonly notKinds: readonly string[];
  /** Empty when the file does not say who, or it is nobody's. */
  readonly actors: readonly string[];
  readonly addresses: readonly string[];
  readonly fromMicroseconds: number;
  /** The last event: included. */
  readonly toMicroseconds: number;
  readonly eventIds: readonly string[];
}

export interface Label {
  readonly id: string;
  readonly label: string;
}

/** Reads one incident a line. Unknown extra keys are left alone. */
export async function readIncidents(
  path: string,
): Promise<{ incidents: Incident[]; reading: ReadingReport }> {
  const incidents: Incident[] = [];
  const reading = await readObjects(path, incidentOf, (incident) => incidents.push(incident));
  return { incidents, reading };
}

export async function readLabels(path: string): Promise<{ labels: Label[]; reading: ReadingReport }> {
  const labels: Label[] = [];
  const reading = await readObjects<Label>(
    path,
    ({ id, label }) =>
      (typeof id === 'string' || typeof id === 'number') && typeof label === 'string'
        ? { value: { id: String(id).toWellFormed(), label } }
        : { reason: 'no id or no label' },
    (label) => labels.push(label),
  );
  return { labels, reading };
}

/** An incident that does not say what to expect wants an alert, or silence when it is benign. */
export function incidentOf(
  object: JsonObject,
  line: number,
  remark: (text: string) => void = () => undefined,
): Parsed<Incident> {
  const from = readTime(object['from']);
  const to = object['to'] === undefined ? from : readTime(object['to']);
  if (from === null || to === null) return { reason: 'from or to is not a time' };
  if (to < from) return { reason: 'it ends before it begins' };
  const benign = object['benign'] === true;
  const stated = object['expect'];
  const expect = expectations.find((known) => known === stated);
  if (expect === undefined && stated !== undefined) return { reason: 'expect is not alert, review or quiet' };
  if (expect === undefined) remark('incident without expect: alert, or quiet when benign');
  return {
    value: {
      incident: textOr(object['incident'], `line ${line}`),
      kind: textOr(object['kind'], 'unknown'),
      expect: expect ?? (benign ? 'quiet' : 'alert'),
      benign,
      notKinds: textsOf(object['not_kinds']),
      actors: textsOf(object['actor']),
      addresses: textsOf(object['ip']),
      fromMicroseconds: from,
      toMicroseconds: to,
      eventIds: textsOf(object['event_ids']),
    },
  };
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' && value !== '' ? value : otherwise;
}

/** One text, a list of texts, or nothing; numbers as text, empty texts left out. */
function textsOf(value: unknown): string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list
    .filter((item) => typeof item === 'string' || typeof item === 'number')
    .map((item) => String(item).toWellFormed())
    .filter((text) => text !== '');
}

const quietLabels = new Set(['quiet', 'benign', 'normal', 'ok', 'false_positive']);

/** Whether a labelled event should be left alone. Every other label says that something is to be seen there. */
export function isQuietLabel(label: string): boolean {
  return quietLabels.has(label.trim().toLowerCase());
}

/** By event id, whether it should be left alone; an event labelled both ways is worth an alert. */
export function quietById(labels: readonly Label[]): Map<string, boolean> {
  const quiet = new Map<string, boolean>();
  for (const { id, label } of labels) quiet.set(id, isQuietLabel(label) && (quiet.get(id) ?? true));
  return quiet;
}
