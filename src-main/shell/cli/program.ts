// Reads a command line, runs the command, prints its answer and gives the exit code.
import { createRouterClient, ORPCError } from '@orpc/server';
import { parseArgs } from 'node:util';
import { problemData, Problem } from '#shared/model/problem.ts';
import { readKeySession } from '../../api/keys.ts';
import { createRouter } from '../../api/router.ts';
import type { JobContext } from '../../api/jobs.ts';
import { unlockKey } from '../../review/open-signer.ts';
import { describeFailure } from '../../store/database.ts';
import { openWorkstation, type Workstation, type WorkstationOptions } from '../../workstation.ts';
import { anomalyCommands } from './anomaly-commands.ts';
import { auditCommands } from './audit-commands.ts';
import { campaignCommands } from './campaign-commands.ts';
import { UsageError, type Command, type CommandContext, type Outcome } from './command.ts';
import { conflictCommands } from './conflict-commands.ts';
import { detectionCommands } from './detection-commands.ts';
import { eventCommands } from './event-commands.ts';
import { evidenceCommands } from './evidence-commands.ts';
import { exportCommands } from './export-commands.ts';
import { grantsCommands } from './grants-command.ts';
import { packCommands } from './pack-commands.ts';
import { facts, table } from './print.ts';
import { independenceCommands } from './independence-commands.ts';
import { keyCommands } from './key-commands.ts';
import { ledgerCommands } from './ledger-commands.ts';
import { privacyCommands } from './privacy-commands.ts';
import { redactionCommands } from './redaction-commands.ts';
import { reviewCommands } from './review-commands.ts';
import { sourceCommands } from './source-commands.ts';
import { storyCommands } from './story-commands.ts';
import { syncCommands } from './sync-commands.ts';
import { trustCommands } from './trust-commands.ts';
import { askSecret, progressPrinter, type Terminal } from './terminal.ts';

export const commands: Readonly<Record<string, Command>> = {
  ...sourceCommands,
  ...keyCommands,
  ...grantsCommands,
  ...reviewCommands,
  ...syncCommands,
  ...anomalyCommands,
  ...independenceCommands,
  ...conflictCommands,
  ...detectionCommands,
  ...storyCommands,
  ...eventCommands,
  ...evidenceCommands,
  ...packCommands,
  ...exportCommands,
  ...ledgerCommands,
  ...trustCommands,
  ...auditCommands,
  ...privacyCommands,
  ...redactionCommands,
  ...campaignCommands,
};

export type Surroundings = {
  readonly terminal: Terminal;
  readonly print: (text: string) => void;
  readonly options: (workspace: string | undefined) => WorkstationOptions;
  readonly passphrase: string | undefined;
  /** For databases whose URL holds none, so that it need not appear among the running programs. */
  readonly databasePassword: string | undefined;
  /** Calls back on an interrupt; returns a function that stops listening. */
  readonly onInterrupt: (listener: () => void) => () => void;
};

const commonOptions = {
  workspace: { type: 'string' },
  json: { type: 'boolean' },
  /** Unlocks the key for what this command does, so that its checkpoints are signed. */
  passphrase: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const exitCodes = { done: 0, failed: 1, usage: 2 } as const;

/** Runs `countersign ARGUMENTS`; resolves with the exit code. */
export async function runProgram(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const ending = args.indexOf('--');
  const isJson = (ending === -1 ? args : args.slice(0, ending)).includes('--json');
  try {
    const { command, parsed } = readArguments(args);
    if (!command || parsed.values['help'] === true) {
      const help = command ? usageOf(command) : usage();
      surroundings.print(isJson ? JSON.stringify({ usage: help }) : help);
      return exitCodes.done;
    }
    const outcome = await runCommand(command, parsed, surroundings, isJson);
    if (outcome.json !== null)
      surroundings.print(isJson ? JSON.stringify(outcome.json) : describeOutcome(outcome));
    return outcome.exitCode ?? exitCodes.done;
  } catch (error) {
    return explainFailure(error, args, isJson, surroundings);
  }
}

type Parsed = {
  readonly values: Record<string, string | boolean | undefined>;
  readonly positionals: string[];
};

function readArguments(args: readonly string[]): { command: Command | undefined; parsed: Parsed } {
  const loose = parseArgs({ args: [...args], options: commonOptions, strict: false, allowPositionals: true });
  const isCommand = (word: string) => Object.hasOwn(commands, word);
  const name = loose.positionals.find(isCommand) ?? loose.positionals[0];
  if (name === undefined) return { command: undefined, parsed: { values: {}, positionals: [] } };
  const command = isCommand(name) ? commands[name] : undefined;
  if (!command)
    throw new UsageError(`There is no command “${name}”. Run countersign without one to see them all.`);
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { ...commonOptions, ...command.options },
      allowPositionals: true,
    });
    const rest = positionals.filter((_, index) => index !== positionals.indexOf(name));
    const { positionals: least = 0, optionalPositionals = 0 } = command;
    if (values.help !== true && (rest.length < least || rest.length > least + optionalPositionals))
      throw new UsageError(`Usage: countersign ${command.usage}`);
    return { command, parsed: { values, positionals: rest } };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      `${error instanceof Error ? error.message.split('. To specify')[0] : 'Unknown option'}\nUsage: countersign ${command.usage}`,
    );
  }
}

async function runCommand(
  command: Command,
  parsed: Parsed,
  surroundings: Surroundings,
  isJson: boolean,
): Promise<Outcome> {
  const { terminal } = surroundings;
  const workspace = parsed.values['workspace'];
  const options = surroundings.options(typeof workspace === 'string' ? workspace : undefined);
  let opened: Promise<Workstation> | null = null;
  const mayUnlock = parsed.values['passphrase'] === true;
  const workstation = () =>
    (opened ??= openWorkstation(options).then((station) => (mayUnlock ? unlocked(station, ask) : station)));
  let known: Promise<string | undefined> | null = null;
  const ask = (isNew: boolean) => {
    if (surroundings.passphrase !== undefined) return Promise.resolve(surroundings.passphrase);
    if (isNew) return askSecret(terminal, 'Choose a passphrase for the signing key: ');
    return (known ??= askSecret(terminal, 'Passphrase of the signing key: '));
  };
  const context: CommandContext = {
    ...parsed,
    workstation,
    call: async () => createRouterClient(createRouter(await workstation())),
    workspaceDirectory: options.directory,
    databasePassword: surroundings.databasePassword,
    run: (work) => runCancellable(work, surroundings),
    passphrase: async (isNew) => {
      if (isNew) return ask(true);
      const { needsPassphrase, isUnlocked } = readKeySession(await workstation());
      return needsPassphrase === false || isUnlocked ? undefined : ask(false);
    },
    provingPassphrase: () => ask(false),
    warn: (line) => void terminal.messages.write(`${line}\n`),
    say: (line) => surroundings.print(isJson ? JSON.stringify({ url: line }) : line),
    interrupted: () => new Promise((resolve) => void surroundings.onInterrupt(resolve)),
  };
  try {
    return await command.run(context);
  } finally {
    if (opened !== null) await (await (opened as Promise<Workstation>).catch(() => null))?.close();
  }
}

/** The workstation with its key unlocked, where it is one that needs a passphrase. */
async function unlocked(
  station: Workstation,
  ask: (isNew: boolean) => Promise<string | undefined>,
): Promise<Workstation> {
  try {
    const { needsPassphrase } = readKeySession(station);
    const passphrase = needsPassphrase === true ? await ask(false) : undefined;
    if (passphrase !== undefined) await unlockKey(station, passphrase);
    return station;
  } catch (error) {
    await station.close();
    throw error;
  }
}

async function runCancellable<T>(
  work: (context: JobContext) => Promise<T>,
  surroundings: Surroundings,
): Promise<T> {
  const abort = new AbortController();
  const stopListening = surroundings.onInterrupt(() =>
    abort.abort(new Problem('cancelled', 'Cancelled. What was already done is kept.')),
  );
  const progress = progressPrinter(surroundings.terminal);
  try {
    return await work({ signal: abort.signal, progress });
  } finally {
    progress.finish();
    stopListening();
  }
}

function explainFailure(
  error: unknown,
  args: readonly string[],
  isJson: boolean,
  surroundings: Surroundings,
): number {
  const say = (line: string) => void surroundings.terminal.messages.write(`${line}\n`);
  if (error instanceof UsageError) {
    say(error.message);
    if (isJson)
      surroundings.print(JSON.stringify({ error: { code: 'usage', message: error.message, next: null } }));
    return exitCodes.usage;
  }
  const problem = readProblem(error) ?? unexpected(error, surroundings.options(workspaceOf(args)).log);
  say(problem.next === null ? problem.message : `${problem.message}\n${problem.next}`);
  if (isJson) surroundings.print(JSON.stringify({ error: problem }));
  return exitCodes.failed;
}

/** What nobody foresaw: the error goes to the workspace's log, the person gets a sentence. */
function unexpected(error: unknown, log: WorkstationOptions['log']): Explained {
  const kept = 'Something went wrong inside Countersign. What was saved before is kept.';
  try {
    log('The command ended unexpectedly.', error);
  } catch {
    // The folder of the log cannot be written to, which may be what went wrong in the first place.
    return { code: 'internal', message: kept, next: 'Check that the workspace folder can be written to.' };
  }
  return {
    code: 'internal',
    message: kept,
    next: 'The details are in failures.log of the workspace folder.',
  };
}

function workspaceOf(args: readonly string[]): string | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: commonOptions,
    strict: false,
    allowPositionals: true,
  });
  return typeof values.workspace === 'string' ? values.workspace : undefined;
}

type Explained = { readonly code: string; readonly message: string; readonly next: string | null };

function readProblem(thrown: unknown): Explained | null {
  const error = describeFailure('cache', thrown);
  if (error instanceof Problem) return { code: error.code, message: error.message, next: error.next };
  if (!(error instanceof ORPCError)) return null;
  const data = problemData.safeParse(error.data);
  return data.success ? { ...data.data, message: error.message } : null;
}

function describeOutcome({ json, text }: Outcome): string {
  if (text !== undefined) return text;
  if (json === null) return '';
  return Array.isArray(json) ? table(json, Object.keys(json[0] ?? {})) : facts(json);
}

function usage(): string {
  const lines = Object.values(commands).map((command) => `  ${command.usage}\n      ${command.description}`);
  return ['countersign [--workspace DIR] [--json] [--passphrase] COMMAND', '', ...lines].join('\n');
}

function usageOf(command: Command): string {
  const options = Object.entries(command.options ?? {}).map(
    ([option, { value, description }]) => `  --${option}${value ? ` ${value}` : ''}  ${description}`,
  );
  return [`countersign ${command.usage}`, command.description, ...options].join('\n');
}
