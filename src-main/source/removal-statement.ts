// What an administrator might run to take a right away, as text: every value from the source is quoted, and nothing here is sent.
import type { CampaignScope } from '#shared/model/campaign.ts';
import { quoteIdentifier, quoteTable } from './identifier.ts';
import { tablePopulation } from './population-query.ts';

type TableScope = Extract<CampaignScope, { from: 'table' }>;

/** A right as the population names it. */
export type HeldRight = {
  readonly subject: string;
  readonly entitlement: string;
  readonly resource: string | null;
};

/** Catalogs say who holds what; they are changed by REVOKE, never by DELETE. */
const catalogs = new Set(['pg_catalog', 'information_schema']);

const privileges = new Set(
  'SELECT INSERT UPDATE DELETE TRUNCATE REFERENCES TRIGGER MAINTAIN USAGE CREATE CONNECT TEMPORARY EXECUTE SET'.split(
    ' ',
  ),
);

/** Characters that could steer a terminal, or turn what follows around, and those that a standard string may take for an escape. */
const hidden = /[\p{C}\p{Zl}\p{Zp}\\]/gu;

/** A string literal that reads the same under every setting, and shows every character that does not show itself. */
export function quoteLiteral(value: string): string {
  const quoted = value.replaceAll("'", "''");
  const escaped = quoted.replaceAll(hidden, (character) => {
    if (character === '\\') return '\\\\';
    const hex = character.codePointAt(0)!.toString(16);
    return hex.length > 4 ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
  });
  return escaped === quoted ? `'${quoted}'` : `E'${escaped}'`;
}

/** A name as SQL. With a character that does not show itself it is written by code points. */
function quoteName(name: string): string {
  if (name.search(hidden) < 0) return quoteIdentifier(name);
  const escaped = name.replaceAll('"', '""').replaceAll(hidden, (character) => {
    const hex = character.codePointAt(0)!.toString(16);
    return character === '\\'
      ? '\\\\'
      : hex.length > 4
        ? `\\+${hex.padStart(6, '0')}`
        : `\\${hex.padStart(4, '0')}`;
  });
  return `U&"${escaped}"`;
}

/** The rows of the table that are this right, by the very expressions the population was read with. */
function rowsOf(scope: TableScope, { subject, entitlement, resource }: HeldRight): string {
  const { columns, filters } = scope;
  const text = (column: string) => `coalesce((${quoteName(column)})::text, '')`;
  const conditions = [
    `${text(columns.subject)} = ${quoteLiteral(subject)}`,
    `${text(columns.entitlement)} = ${quoteLiteral(entitlement)}`,
    ...(columns.resource === undefined
      ? []
      : [`${text(columns.resource)} = ${quoteLiteral(resource ?? '')}`]),
    ...tablePopulation({ schema: scope.schema, name: scope.table }, columns, filters).leftOut.map(
      ({ isKept }) => isKept,
    ),
  ];
  return `${quoteTable({ schema: scope.schema, name: scope.table })}\nWHERE ${conditions.join('\n  AND ')}`;
}

/** The SQL that would take the right away; for a catalog a REVOKE, else a DELETE of its rows. */
export function removalStatement(scope: TableScope, right: HeldRight): string {
  if (catalogs.has(scope.schema)) return revokeStatement(right);
  return `DELETE FROM ${rowsOf(scope, right)};`;
}

/** The SQL that shows the rows of the right, for whoever is to change them. */
export const lookStatement = (scope: TableScope, right: HeldRight): string =>
  catalogs.has(scope.schema) ? revokeStatement(right) : `SELECT * FROM ${rowsOf(scope, right)};`;

function revokeStatement({ subject, entitlement, resource }: HeldRight): string {
  const privilege = entitlement.toUpperCase();
  if (resource !== null && privileges.has(privilege))
    return `REVOKE ${privilege} ON ${quoteName(resource)} FROM ${quoteName(subject)};`;
  return `REVOKE ${quoteName(entitlement)} FROM ${quoteName(subject)};`;
}
