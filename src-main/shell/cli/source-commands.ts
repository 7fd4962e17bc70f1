// Commands about the source and the workspace: sample, connect, reviewer, refresh, status, serve.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mappingFile } from '#shared/model/connection.ts';
import { mirrorOf, mirrorOptions } from './mirror-options.ts';
import { Problem } from '#shared/model/problem.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { refreshWork } from '../../api/refresh.ts';
import { readOnlyOf } from '../../api/schema-guard.ts';
import { createWorkspaceFolder } from '../../workstation.ts';
import { startSample, stopSample } from '../../sample/sample.ts';
import {
  oneOf,
  required,
  text,
  UsageError,
  wholeNumber,
  type Command,
  type CommandContext,
} from './command.ts';
import { facts } from './print.ts';

const sample: Command = {
  usage: 'sample start|stop [--events N] [--actors N] [--days N] [--seed N]',
  description: 'a real PostgreSQL with labelled audit events, kept in the workspace',
  positionals: 1,
  options: {
    events: { type: 'string', value: 'N', description: 'how many events' },
    actors: { type: 'string', value: 'N', description: 'how many actors' },
    days: { type: 'string', value: 'N', description: 'how many days' },
    seed: { type: 'string', value: 'N', description: 'another seed gives other data' },
  },
  run: async (context) => {
    const directory = join(context.workspaceDirectory, 'sample');
    createWorkspaceFolder(context.workspaceDirectory);
    if (oneOf(context.positionals[0], ['start', 'stop'], 'sample') === 'stop') {
      const stopped = await stopSample(directory);
      return {
        json: stopped,
        text: stopped.stopped
          ? 'The sample database was stopped; its data is kept.'
          : 'No sample database was running.',
      };
    }
    return startSampleCommand(context, directory);
  },
};

async function startSampleCommand(context: CommandContext, directory: string) {
  const number = (name: string) => {
    const value = wholeNumber(context.values, name, name === 'seed' ? 0 : 1);
    return value === undefined ? {} : { [name]: value };
  };
  const started = await context.run(({ signal, progress }) =>
    startSample({
      directory,
      ...number('events'),
      ...number('actors'),
      ...number('days'),
      ...number('seed'),
      signal,
      onProgress: (step, done, total) => progress(step, done, total, 'events'),
    }),
  );
  const { url, events, incidentsFile, endsAt } = started;
  return { json: { url, events, incidentsFile, endsAt } };
}

const connect: Command = {
  usage:
    'connect --url URL [--source-account ID] [--zone IANA] [--mapping FILE] [--ca FILE] [--mirror rows|cells] [--mirror-fields LIST|none] [--mirror-days N] [--confirm-changes] [--same-database --reason T] | connect --confirm-changes',
  description: 'inspect an audit database and make it this workspace’s source',
  options: {
    url: { type: 'string', value: 'URL', description: 'postgresql://user:password@host:port/database' },
    'source-account': { type: 'string', value: 'ID', description: 'only this account’s events' },
    zone: { type: 'string', value: 'IANA', description: 'time zone for people, such as Europe/Berlin' },
    mapping: { type: 'string', value: 'FILE', description: 'JSON file naming table and columns' },
    ca: { type: 'string', value: 'FILE', description: 'certificate authority to trust' },
    'confirm-changes': {
      type: 'boolean',
      description:
        'accept that the database is not as it was when it was connected before; alone, with everything as it was connected',
    },
    'same-database': {
      type: 'boolean',
      description:
        'state that it is the database decided about before, where that cannot be told; needs --reason',
    },
    reason: { type: 'string', value: 'T', description: 'why it is the same database; goes into the ledger' },
    ...mirrorOptions,
  },
  run: async (context) => {
    const { values, call, databasePassword, warn } = context;
    if (values['confirm-changes'] === true && text(values, 'url') === undefined)
      return confirmChanges(context);
    const url = required(values, 'url');
    const file = text(values, 'mapping');
    const sourceAccount = text(values, 'source-account');
    const zone = text(values, 'zone');
    const caFile = text(values, 'ca');
    const mirror = mirrorOf(values);
    const sameDatabase = statementOf(values);
    const report = await (
      await call()
    ).source.connect({
      url,
      ...(databasePassword === undefined || hasPassword(url) ? {} : { password: databasePassword }),
      ...(sourceAccount === undefined ? {} : { sourceAccount }),
      ...(zone === undefined ? {} : { zone }),
      ...(caFile === undefined ? {} : { caFile }),
      ...(file === undefined ? {} : { mapping: readMapping(file) }),
      ...(mirror === undefined ? {} : { mirror }),
      ...(values['confirm-changes'] === true ? { confirmChanges: true } : {}),
      ...(sameDatabase === undefined ? {} : { sameDatabase }),
    });
    for (const warning of report.warnings) warn(`! ${warning}`);
    return {
      json: report,
      text: report.sentences.join('\n'),
    };
  },
};

/** Connects again as before, with the password that is kept, and says what that confirmed. */
async function confirmChanges({ values, call, warn }: CommandContext) {
  const others = Object.keys(values).filter((name) => connectOptions.has(name));
  if (others.length > 0)
    throw new UsageError(`--${others[0]} goes with --url; --confirm-changes alone connects as before.`);
  const client = await call();
  const { changes = [] } = await client.source.report();
  const report = await client.source.reconnect({ confirmed: changes });
  for (const warning of report.warnings) warn(`! ${warning}`);
  const confirmed =
    changes.length === 0
      ? ['Connected again; the database is as it was when it was connected before.']
      : ['Connected again. Confirmed:', ...changes.map((change) => `- ${change}`)];
  return { json: { ...report, confirmed: changes }, text: confirmed.join('\n') };
}

function statementOf(values: CommandContext['values']): { reason: string } | undefined {
  const reason = text(values, 'reason');
  if (values['same-database'] === true) {
    if (reason === undefined || reason.trim() === '') throw new UsageError('--same-database needs --reason.');
    return { reason };
  }
  if (reason !== undefined) throw new UsageError('--reason goes with --same-database.');
  return undefined;
}

function hasPassword(url: string): boolean {
  return URL.parse(url)?.password !== '';
}

function readMapping(file: string) {
  try {
    return mappingFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new Problem('invalid-input', 'The mapping file cannot be read as a mapping. Nothing was changed.', {
      next: 'It is JSON with “table” and “columns”, for example {"table": "audit", "columns": {"id": "id", "createdAt": "at", "actor": "who", "action": "what"}}.',
      cause,
    });
  }
}

const reviewer: Command = {
  usage: 'reviewer --name N --id ID [--email E] [--agent FINGERPRINT]',
  description:
    'who decides in this workspace; creates the signing key, or asks for the passphrase of the one there is',
  options: {
    name: { type: 'string', value: 'N', description: 'full name, as printed in reports' },
    id: { type: 'string', value: 'ID', description: 'identity written to the database' },
    email: { type: 'string', value: 'E', description: 'identity in lists of signers' },
    agent: { type: 'string', value: 'FINGERPRINT', description: 'sign with this key of the ssh-agent' },
  },
  run: async ({ values, call, passphrase, provingPassphrase, warn }) => {
    const client = await call();
    const [name, id, email] = [
      required(values, 'name'),
      required(values, 'id'),
      text(values, 'email') ?? null,
    ];
    const { needsPassphrase, makesKey } = await client.workspace.reviewerProof({ id, email });
    const agent = text(values, 'agent');
    const makesSealed = makesKey && agent === undefined;
    const secret = needsPassphrase
      ? await provingPassphrase()
      : makesSealed
        ? await passphrase(true)
        : undefined;
    const saved = await client.workspace.setReviewer({
      name,
      id,
      email,
      ...(secret === undefined ? {} : { passphrase: secret }),
      ...(agent === undefined ? {} : { agent }),
    });
    if (saved.isReplacement === true)
      warn(
        '! This reviewer had another key here. The new one is recorded as not endorsed: until it is, it cannot be a second person, and packs name what is decided with it.',
      );
    for (const sentence of saved.warnings ?? []) warn(`! ${sentence}`);
    return { json: saved };
  },
};

const refresh: Command = {
  usage: 'refresh [--as-of ISO]',
  description: 'read what is new and judge every hour that is complete',
  options: { 'as-of': { type: 'string', value: 'ISO', description: 'evaluate as if that were now' } },
  run: async ({ values, workstation, run, warn }) => {
    const asOf = text(values, 'as-of');
    const station = await workstation();
    const report = await run(refreshWork(station, asOf === undefined ? null : parseInstant(asOf)));
    if (report.events === 0) {
      warn(
        '! No event is visible here. If there should be some, look at what connect says about row-level security and the source account.',
      );
    }
    if (report.vanished > 0) {
      const areCounted = station.ledger.state().connection?.mirror.rows === false;
      const kept = areCounted ? 'counted events. Their counts are' : 'mirrored events. They are';
      warn(`! The database no longer shows ${report.vanished} of the ${kept} kept here.`);
    }
    const readOnly = readOnlyOf(station.cache, station.ledger.state());
    if (readOnly)
      warn(
        `! The workspace is read-only, because the database is not as it was when it was connected. ${readOnly.differences.join(' ')}`,
      );
    return { json: report };
  },
};

const status: Command = {
  usage: 'status',
  description: 'last refresh, counts, queue depth, overdue, unsent',
  run: async ({ call, warn }) => {
    const json = await (await call()).workspace.status();
    if (json.mirrorEmpty === true)
      warn(
        '! Nothing of the audit database is on this computer, so the queue and what counts it are empty. The ledger has every decision; fill the mirror with countersign refresh.',
      );
    for (const sentence of json.cannotLeave ?? []) warn(`! ${sentence}`);
    return { json, text: facts(json) };
  },
};

/** Everything about a connection that is given with its address. */
const connectOptions: ReadonlySet<string> = new Set(
  Object.keys(connect.options ?? {}).filter((name) => name !== 'confirm-changes'),
);

export const sourceCommands: Readonly<Record<string, Command>> = {
  sample,
  connect,
  reviewer,
  refresh,
  status,
};
