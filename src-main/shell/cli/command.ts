// What a command of the command line is.
import type { RouterClient } from '@orpc/server';
import type { createRouter } from '../../api/router.ts';
import type { JobContext } from '../../api/jobs.ts';
import type { Workstation } from '../../workstation.ts';

export type OptionValues = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

export type CommandOption = {
  readonly type: 'string' | 'boolean';
  readonly value?: string;
  /** Whether it may be given several times; see {@link texts}. */
  readonly multiple?: boolean;
  readonly description: string;
};

export type CommandContext = {
  readonly values: OptionValues;
  readonly positionals: readonly string[];
  /** Opens the workspace on first use; closed by the door. */
  readonly workstation: () => Promise<Workstation>;
  /** The same procedures every door has. */
  readonly call: () => Promise<RouterClient<ReturnType<typeof createRouter>>>;
  readonly workspaceDirectory: string;
  readonly databasePassword: string | undefined;
  /** Runs long work with progress on stderr; an interrupt cancels it. */
  readonly run: <T>(work: (context: JobContext) => Promise<T>) => Promise<T>;
  /** The passphrase from the environment, or asked for on the terminal. */
  readonly passphrase: (isNew: boolean) => Promise<string | undefined>;
  /** The passphrase of a key that is there already, also while that key is unlocked: to show who is here. */
  readonly provingPassphrase: () => Promise<string | undefined>;
  /** An answer that comes before the command ends. */
  readonly say: (line: string) => void;
  /** What the person should know beside the answer. */
  readonly warn: (line: string) => void;
  /** Resolves when the person ends the program. */
  readonly interrupted: () => Promise<void>;
};

export type Outcome = {
  /** The JSON answer. */
  readonly json: object | null;
  /** The same for people; derived from `json` when absent. */
  readonly text?: string;
  readonly exitCode?: number;
};

export type Command = {
  readonly usage: string;
  readonly description: string;
  readonly options?: Readonly<Record<string, CommandOption>>;
  /** Number of positional arguments: exactly. */
  readonly positionals?: number;
  /** How many more may follow. */
  readonly optionalPositionals?: number;
  readonly run: (context: CommandContext) => Promise<Outcome>;
};

/** A mistake in the command line itself: exit code 2. */
export class UsageError extends Error {}

export function text(values: OptionValues, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

/** Every value of an option that may be given several times. */
export function texts(values: OptionValues, name: string): string[] {
  const given = values[name];
  return Array.isArray(given) ? given.filter((one) => typeof one === 'string') : [];
}

export function wholeNumber(values: OptionValues, name: string, minimum = 0): number | undefined {
  const value = text(values, name);
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!/^\d+$/.test(value) || !Number.isSafeInteger(number) || number < minimum) {
    throw new UsageError(`--${name} takes a whole number from ${minimum}.`);
  }
  return number;
}

export function required(values: OptionValues, name: string): string {
  const value = text(values, name);
  if (value === undefined) throw new UsageError(`--${name} is needed.`);
  return value;
}

export function oneOf<const T extends string>(
  value: string | undefined,
  allowed: readonly T[],
  name: string,
): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new UsageError(`${name} is one of: ${allowed.join(', ')}.`);
  return found;
}
