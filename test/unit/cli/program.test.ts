import { PassThrough } from 'node:stream';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReadStream, WriteStream } from 'node:tty';
import { describe, expect, test } from 'vitest';
import { openStation } from '../../support/station.ts';
import { nodeWorkstationOptions } from '../../../src-main/shell/node-workstation.ts';
import { commands, runProgram } from '../../../src-main/shell/cli/program.ts';
import { printable, table } from '../../../src-main/shell/cli/print.ts';
import { temporaryFolder } from '../../support/workspace.ts';

/** Runs a command line in this process; nobody is at the terminal. */
async function run(home: string, ...args: string[]) {
  const printed: string[] = [];
  const messages = new PassThrough();
  const code = await runProgram(args, {
    terminal: {
      input: new PassThrough() as unknown as ReadStream,
      messages: messages as unknown as WriteStream,
    },
    print: (text) => void printed.push(text),
    passphrase: undefined,
    databasePassword: undefined,
    options: (workspace) =>
      nodeWorkstationOptions({ workspace, environment: {}, homeDirectory: home, version: '0.0.0-test' }),
    onInterrupt: () => () => undefined,
  });
  return { code, printed, said: String((messages.read() as Buffer | null) ?? '') };
}

describe('the command line', () => {
  test.each(['toString', 'constructor', '__proto__', 'hasOwnProperty'])('%s is no command', async (name) => {
    const { code, said } = await run(temporaryFolder(), name);
    expect(code).toBe(2);
    expect(said).toContain(`There is no command “${name}”`);
  });

  test('with --json even help is one JSON value', async () => {
    for (const args of [['--json'], ['--json', 'decide', '--help']]) {
      const { code, printed } = await run(temporaryFolder(), ...args);
      expect(code).toBe(0);
      expect(printed).toHaveLength(1);
      expect(JSON.parse(printed[0]!)).toEqual({ usage: expect.stringContaining('countersign') });
    }
    expect((await run(temporaryFolder())).printed[0]).toMatch(/^countersign \[--workspace DIR\]/);
  });

  test('help lists every command, and asking for it opens no workspace', async () => {
    const home = temporaryFolder();
    const { printed } = await run(home);
    for (const command of Object.values(commands)) expect(printed[0]).toContain(command.usage);
    await run(home, 'status', '--help');
    expect(existsSync(join(home, '.local'))).toBe(false);
  });

  test('--json counts only as an option, not behind --', async () => {
    const folder = temporaryFolder();
    const { printed } = await run(folder, '--workspace', join(folder, 'w'), 'undo', '--', '--json');
    expect(printed).toEqual([]);
  });

  test('what nobody foresaw goes to the log of the workspace in use; the person gets a sentence', async () => {
    const folder = temporaryFolder();
    const workspace = join(folder, 'w');
    await run(folder, '--workspace', workspace, 'status');
    writeFileSync(join(workspace, 'keys'), 'a file where a folder belongs');
    const { code, printed, said } = await run(folder, '--workspace', workspace, '--json', 'keys');
    expect(code).toBe(1);
    expect(JSON.parse(printed[0]!)).toMatchObject({ error: { code: 'internal' } });
    expect(said).not.toMatch(/ENOTDIR|\.ts:/);
    expect(readFileSync(join(workspace, 'failures.log'), 'utf8')).toContain('ENOTDIR');
    expect(existsSync(join(folder, '.local'))).toBe(false);
  });

  test('a workspace that cannot be a folder gives a sentence, whatever the command', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    for (const command of [['status'], ['sample', 'start'], ['refresh']]) {
      const { code, printed } = await run(
        folder,
        '--workspace',
        join(folder, 'file', 'w'),
        '--json',
        ...command,
      );
      expect(code).toBe(1);
      expect(JSON.parse(printed[0]!)).toMatchObject({ error: { code: 'file-unreadable' } });
    }
  });

  test('without anybody at the terminal a passphrase is asked of nobody and its lack is said', async () => {
    const folder = temporaryFolder();
    const { code, said } = await run(
      folder,
      '--workspace',
      join(folder, 'w'),
      'reviewer',
      '--name',
      'N',
      '--id',
      'n',
    );
    expect(code).toBe(1);
    expect(said).toMatch(/passphrase/);
    const station = await openStation(join(folder, 'w'));
    expect(station.ledger.entries().map(({ entry }) => entry.type)).toEqual(['workspace-created']);
  });

  test('a damaged cache met on the way is called so', async () => {
    const folder = temporaryFolder();
    const workspace = join(folder, 'w');
    mkdirSync(workspace);
    await run(folder, '--workspace', workspace, 'status');
    writeFileSync(
      join(workspace, 'ledger.sqlite'),
      'not a database at all, but long enough to be taken for one',
    );
    const { code, said } = await run(folder, '--workspace', workspace, 'status');
    expect(code).toBe(1);
    expect(said).toMatch(/ledger of this workspace is damaged/);
  });
});

test('a table keeps control characters of the data away from the terminal', () => {
  expect(table([{ actor: 'a\u001b[2Jb\n' }], ['actor'])).toBe('actor\na\ufffd[2Jb\ufffd');
  expect(table([], ['actor'])).toBe('nothing');
});

test('what comes from a database steers neither the terminal nor the direction of what follows', () => {
  expect(printable('a\u001b[2J\u202eb\u2066c\u0007')).toBe('a�[2J�b�c�');
  expect(table([{ note: 'x\u202ey' }], ['note'])).toBe('note\nx�y');
  expect(printable('שלום é 👻')).toBe('שלום é 👻');
});
