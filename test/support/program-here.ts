// The command line without a process of its own: for what a test sets up or looks up with it.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { ReadStream, WriteStream } from 'node:tty';
import { runProgram as runCommandLine } from '../../src-main/shell/cli/program.ts';
import { nodeWorkstationOptions } from '../../src-main/shell/node-workstation.ts';
import { readOsUser } from '../../src-main/shell/os-user.ts';
import { passphrase, type ProgramResult } from './station.ts';

/**
 * Runs `countersign --json ARGUMENTS` in this process, ten times as fast as in one of its own. For commands that are
 * to be killed, that hold a lock while others try, or whose door itself is tested, there is `runProgram`.
 */
export async function runProgramHere(folder: string, args: readonly string[]): Promise<ProgramResult> {
  mkdirSync(folder, { recursive: true });
  const [printed, messages] = [[] as string[], [] as string[]];
  const code = await runCommandLine(['--workspace', folder, '--json', ...args], {
    terminal: {
      input: new PassThrough() as unknown as ReadStream,
      messages: { isTTY: false, write: (text: string) => messages.push(text) } as unknown as WriteStream,
    },
    print: (text) => void printed.push(text),
    passphrase,
    databasePassword: undefined,
    options: (workspace) =>
      nodeWorkstationOptions({
        workspace,
        environment: { XDG_CONFIG_HOME: join(folder, 'settings') },
        homeDirectory: folder,
        version: '0.0.0-test',
        osUser: readOsUser(),
      }),
    onInterrupt: () => () => undefined,
  });
  const stdout = printed.join('\n');
  const json: unknown = stdout === '' ? null : JSON.parse(stdout);
  return { code, signal: null, json, stdout, stderr: messages.join('') };
}
