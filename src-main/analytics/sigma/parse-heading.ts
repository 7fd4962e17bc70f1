// Reads what a rule says about itself: title, level, tags, log source and the like.
import { severities } from '#shared/model/severity.ts';
import type { ParseContext } from './parse-context.ts';
import type { RuleLevel } from './rule.ts';
import type { YamlEntry, YamlMap } from './yaml-tree.ts';

export interface Heading {
  readonly line: number;
  readonly key: string;
  readonly id: string | null;
  readonly name: string | null;
  readonly title: string;
  readonly description: string | null;
  readonly level: RuleLevel | null;
  readonly tags: readonly string[];
  readonly falsePositives: readonly string[];
}

/** Keys that tell people about a rule and change nothing about what it finds. */
const remarks: ReadonlySet<string> = new Set(
  'author contributors date fields license modified references related scope status'.split(' '),
);
/** Keys of the rule itself, which are read elsewhere. */
const bodies: ReadonlySet<string> = new Set(['detection', 'correlation', 'generate']);
const levels: readonly RuleLevel[] = ['informational', ...severities];
const products: ReadonlySet<string> = new Set(['nself', 'countersign']);
const namePattern = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/;

/** Refuses every key that is not known, so that a misspelt one is never passed over. */
export function parseHeading(map: YamlMap, context: ParseContext): Heading | null {
  const before = context.refusals.count;
  const entries = new Map(map.entries.map((entry) => [entry.key, entry]));
  const read = <T>(key: string, reader: (entry: YamlEntry) => T): T | null => {
    const entry = entries.get(key);
    return entry === undefined ? null : reader(entry);
  };
  for (const { key, line } of map.entries)
    if (!readers.has(key) && !remarks.has(key) && !bodies.has(key))
      context.refuse(line, `There is no key “${key.slice(0, 60)}” in a rule.`);
  const id = read('id', (entry) => nameOf(entry, context));
  const name = read('name', (entry) => nameOf(entry, context));
  const title = read('title', (entry) => context.text(entry, 256)) ?? name;
  if (title === null && !entries.has('title')) context.refuse(map.line, 'The rule has no title.');
  const description = read('description', (entry) => context.text(entry, 10_000));
  const level = read('level', (entry) => levelOf(entry, context));
  const tags = read('tags', (entry) => context.texts(entry, 100)) ?? [];
  const falsePositives = read('falsepositives', (entry) => context.texts(entry, 1000)) ?? [];
  read('taxonomy', (entry) => assertTaxonomy(entry, context));
  read('logsource', (entry) => assertLogSource(entry, context));
  if (!entries.has('logsource') && !entries.has('correlation'))
    context.refuse(map.line, 'The rule has no logsource; write “product: nself” and “service: auditlog”.');
  const key = id ?? name ?? (title === null ? '' : keyFromTitle(title));
  if (title !== null && key === '')
    context.refuse(map.line, 'A rule without Latin letters in its title needs an id.');
  if (title === null || context.refusals.count > before) return null;
  return { line: map.line, key, id, name, title, description, level, tags, falsePositives };
}

const readers: ReadonlySet<string> = new Set(
  'id name title description level tags falsepositives taxonomy logsource'.split(' '),
);

function keyFromTitle(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

function nameOf(entry: YamlEntry, context: ParseContext): string | null {
  const text = context.text(entry, 100);
  if (text === null || namePattern.test(text)) return text;
  return context.refuse(
    entry.line,
    `“${entry.key}” may hold only letters, digits, dots, hyphens and underscores.`,
  );
}

function levelOf(entry: YamlEntry, context: ParseContext): RuleLevel | null {
  const text = context.text(entry, 100);
  const level = levels.find((level) => level === text);
  if (text === null || level !== undefined) return level ?? null;
  return context.refuse(entry.line, `The level must be one of ${levels.join(', ')}.`);
}

function assertTaxonomy(entry: YamlEntry, context: ParseContext): void {
  const text = context.text(entry, 100);
  if (text !== null && !products.has(text))
    context.refuse(entry.line, 'The only taxonomies known are countersign and nself.');
}

function assertLogSource(entry: YamlEntry, context: ParseContext): void {
  const map = context.map(entry);
  if (map === null) return;
  for (const part of map.entries) {
    if (part.key === 'definition') continue;
    const text = context.text(part, 100);
    if (part.key === 'product' && text !== null && !products.has(text))
      context.refuse(part.line, 'The rule is for another product; only nself and countersign are known.');
    else if (part.key === 'service' && text !== null && text !== 'auditlog')
      context.refuse(part.line, 'The rule is for another service; only auditlog is known.');
    else if (part.key !== 'product' && part.key !== 'service')
      context.refuse(part.line, `There is no key “${part.key.slice(0, 60)}” in a logsource.`);
  }
  if (!map.entries.some(({ key }) => key === 'product'))
    context.refuse(entry.line, 'The logsource names no product; write “product: nself”.');
}
