// Prints the grants for the table of this workspace's connection, or for one that is named.
import type { GrantRequest, GrantScripts } from '#shared/contract/grants.ts';
import type { Mapping } from '#shared/model/connection.ts';
import { Problem } from '#shared/model/problem.ts';
import { printGrants, writeGrants } from '../source/grants.ts';
import type { Workstation } from '../workstation.ts';
import { procedures } from './procedures.ts';

export function grantProcedures({ ledger }: Workstation) {
  return {
    print: procedures.grants.print.handler(({ input }) =>
      scriptsFor(input, ledger.state().connection?.mapping ?? null),
    ),
  };
}

function scriptsFor(request: GrantRequest, mapping: Mapping | null): GrantScripts {
  const { schema, table, ...rest } = request;
  const wanted = { ...rest, events: eventTableOf(schema, table, mapping) };
  return { ...writeGrants(wanted), file: printGrants(wanted) };
}

function eventTableOf(schema: string | undefined, table: string | undefined, mapping: Mapping | null) {
  if (table !== undefined) return { schema: schema ?? 'public', name: table };
  if (mapping !== null) return { schema: schema ?? mapping.schema, name: mapping.table };
  throw new Problem(
    'not-connected',
    'This workspace is not connected to an audit database, so it knows no table. Nothing was printed.',
    {
      next: 'Connect first, or name the table of the events (on the command line: --table, and --schema unless it is public).',
    },
  );
}
