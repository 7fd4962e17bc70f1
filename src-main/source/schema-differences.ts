// Says in words how the tables a workspace relies on differ from what they were when a person connected it.
import { listed } from './inspection-sentences.ts';
import {
  tableRoles,
  type PolicyShape,
  type SchemaFingerprint,
  type TableRole,
  type TableShape,
} from './schema-shape.ts';

/** `detail` holds conditions as the database prints them: for whoever runs it, not for a message. */
export type SchemaDifference = { readonly sentence: string; readonly detail: string | null };

type Comparison = { before: TableShape; after: TableShape; title: string };

/**
 * Everything that makes sending unsafe; empty when nothing does. Further columns, further rights and tables that are new are no
 * reason, nor is what happens to columns nobody reads.
 */
export function schemaDifferences(before: SchemaFingerprint, after: SchemaFingerprint): SchemaDifference[] {
  if (before.sha256 === after.sha256) return [];
  return tableRoles.flatMap((role) => tableDifferences(role, before.tables[role], after.tables[role]));
}

function tableDifferences(
  role: TableRole,
  before: TableShape | null,
  after: TableShape | null,
): SchemaDifference[] {
  if (before === null) return [];
  // Events may be read from another table by choice; the other two have their names from the published schema.
  if (role === 'events' && after !== null && after.name !== before.name) return [];
  const title = `${before.schema}.${before.name}`;
  if (after === null) return [plain(`The table ${title} is not there any more.`)];
  if (after.schema !== before.schema)
    return [
      plain(`The table ${before.name} is found in the schema ${after.schema}; it was in ${before.schema}.`),
    ];
  if (before.usage && !after.usage)
    return [plain(`This user may no longer look into the schema ${before.schema}.`)];
  const compared = { before, after, title };
  const columns = columnDifferences(compared);
  return role === 'events' ? columns : [...columns, ...rightsToWrite(compared), ...rowSecurity(compared)];
}

function columnDifferences({ before, after, title }: Comparison): SchemaDifference[] {
  return before.reads
    .filter((name) => after.reads.includes(name))
    .flatMap((name) => {
      const [then, now] = [before.columns[name], after.columns[name]];
      if (then === undefined) return [];
      if (now === undefined) return [plain(`The column ${name} of ${title} is not there any more.`)];
      const sentences: string[] = [];
      if (then.type !== now.type)
        sentences.push(`The column ${name} of ${title} has the type ${now.type}; it was ${then.type}.`);
      if (then.select && !now.select)
        sentences.push(`This user may no longer read the column ${name} of ${title}.`);
      if (before.writes.length > 0 && then.nullable !== now.nullable)
        sentences.push(
          now.nullable
            ? `The column ${name} of ${title} may be empty; it could not be before.`
            : `The column ${name} of ${title} may not be empty any more.`,
        );
      return sentences.map(plain);
    });
}

function rightsToWrite({ before, after, title }: Comparison): SchemaDifference[] {
  const lost = before.writes.filter(
    (name) => before.columns[name]?.update === true && after.columns[name]?.update === false,
  );
  if (lost.length === 0) return [];
  const right = `the right to change the ${lost.length === 1 ? 'column' : 'columns'} ${listed(lost)} is gone`;
  return [plain(`This user may not write decisions to ${title} any more: ${right}.`)];
}

function rowSecurity({ before, after, title }: Comparison): SchemaDifference[] {
  const [then, now] = [before.rowSecurity, after.rowSecurity];
  const sentences: string[] = [];
  if (then.enabled !== now.enabled)
    sentences.push(`Row-level security on ${title} was switched ${now.enabled ? 'on' : 'off'}.`);
  if (then.forced !== now.forced)
    sentences.push(`Row-level security on ${title} ${now.forced ? 'binds' : 'no longer binds'} its owner.`);
  if (then.enabled === now.enabled && then.applies !== now.applies)
    sentences.push(`Row-level security on ${title} ${now.applies ? 'binds' : 'no longer binds'} this user.`);
  const names = [...new Set([...Object.keys(before.policies), ...Object.keys(after.policies)])].toSorted();
  return [
    ...sentences.map(plain),
    ...names.flatMap((name) =>
      policyDifference(`${name} of ${title}`, before.policies[name], after.policies[name]),
    ),
  ];
}

function policyDifference(
  title: string,
  then: PolicyShape | undefined,
  now: PolicyShape | undefined,
): SchemaDifference[] {
  const [was, is] = [then && describePolicy(then), now && describePolicy(now)];
  if (was === is) return [];
  if (was === undefined) return [{ sentence: `The policy ${title} is new.`, detail: `It is ${is}.` }];
  if (is === undefined) return [{ sentence: `The policy ${title} is gone.`, detail: `It was ${was}.` }];
  return [{ sentence: `The policy ${title} is another one.`, detail: `It is ${is}; it was ${was}.` }];
}

function describePolicy({ command, permissive, roles, using, check }: PolicyShape): string {
  return [
    `${permissive ? 'permissive' : 'restrictive'} for ${command} to ${listed(roles)}`,
    ...(using === null ? [] : [`USING ${using}`]),
    ...(check === null ? [] : [`WITH CHECK ${check}`]),
  ].join(' ');
}

function plain(sentence: string): SchemaDifference {
  return { sentence, detail: null };
}
