// The command that prints SQL for the DBA.
import type { GrantScripts } from '#shared/contract/grants.ts';
import { oneOf, required, text, type Command } from './command.ts';

const parts = ['apply', 'verify', 'rollback'] as const satisfies readonly (keyof GrantScripts)[];

const grants: Command = {
  usage:
    'grants --reviewer-role R [--reader-role R] [--schema S] [--table T] [--review-schema S] [--with-insert] [--with-anomalies] [--part apply|verify|rollback]',
  description: 'print the SQL a DBA runs: least rights, a guard of every decision, a check, the way back',
  options: {
    'reviewer-role': { type: 'string', value: 'R', description: 'the role that decides' },
    'reader-role': { type: 'string', value: 'R', description: 'a role that only reads' },
    schema: { type: 'string', value: 'S', description: 'schema of the events, without it the connection’s' },
    table: { type: 'string', value: 'T', description: 'table of the events, without it the connection’s' },
    'review-schema': { type: 'string', value: 'S', description: 'schema of the review table, if another' },
    'with-insert': { type: 'boolean', description: 'let reviewers add the rows that are missing' },
    'with-anomalies': { type: 'boolean', description: 'the same for np_audit_anomalies' },
    part: { type: 'string', value: 'P', description: `only one: ${parts.join(', ')}` },
  },
  run: async ({ values, call }) => {
    const part = text(values, 'part');
    const chosen = part === undefined ? 'file' : oneOf(part, parts, '--part');
    const given = (name: string, option: string) => {
      const value = text(values, option);
      return value === undefined ? {} : { [name]: value };
    };
    const json = await (
      await call()
    ).grants.print({
      reviewerRole: required(values, 'reviewer-role'),
      ...given('readerRole', 'reader-role'),
      ...given('schema', 'schema'),
      ...given('table', 'table'),
      ...given('reviewSchema', 'review-schema'),
      withInsert: values['with-insert'] === true,
      withAnomalies: values['with-anomalies'] === true,
    });
    return { json, text: json[chosen].trimEnd() };
  },
};

export const grantsCommands: Readonly<Record<string, Command>> = { grants };
