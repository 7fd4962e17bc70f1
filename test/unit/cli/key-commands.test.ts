import { PassThrough } from 'node:stream';
import { join } from 'node:path';
import type { ReadStream, WriteStream } from 'node:tty';
import { expect, test } from 'vitest';
import { nodeWorkstationOptions } from '../../../src-main/shell/node-workstation.ts';
import { runProgram } from '../../../src-main/shell/cli/program.ts';
import { temporaryFolder } from '../../support/workspace.ts';

/** Runs command lines in this process, with the passphrase in the environment. */
function program() {
  const home = temporaryFolder();
  return async (...args: string[]): Promise<{ code: number; json: unknown }> => {
    const printed: string[] = [];
    const code = await runProgram(['--workspace', join(home, 'w'), '--json', ...args], {
      terminal: {
        input: new PassThrough() as unknown as ReadStream,
        messages: new PassThrough() as unknown as WriteStream,
      },
      print: (text) => void printed.push(text),
      passphrase: 'a passphrase for tests',
      databasePassword: undefined,
      options: (workspace) =>
        nodeWorkstationOptions({ workspace, environment: {}, homeDirectory: home, version: '0.0.0-test' }),
      onInterrupt: () => () => undefined,
    });
    return { code, json: JSON.parse(printed[0] ?? 'null') };
  };
}

test('keys are listed, compared, replaced and revoked; the checkpoint is signed where the passphrase was asked for', async () => {
  const run = program();
  await run('reviewer', '--name', 'Rita', '--id', 'rita', '--email', 'rita@example.org');
  const listed = await run('keys');
  const [first] = listed.json as { fingerprint: string; words: string[]; hex: string }[];
  expect(first?.words).toHaveLength(24);
  expect((await run('keys', 'words', ...(first?.words ?? []))).json).toEqual({
    fingerprint: first?.fingerprint,
    hex: first?.hex,
    words: first?.words,
  });
  const rotated = await run('keys', 'rotate', '--reason', 'yearly', '--passphrase');
  expect(rotated).toMatchObject({ code: 0, json: { use: 'signing', isEndorsed: true } });
  const { fingerprint } = rotated.json as { fingerprint: string };
  expect((await run('ledger', 'checkpoints')).json).toMatchObject([
    { occasion: 'close', fingerprint: null },
    { occasion: 'close', fingerprint },
  ]);
  const revoked = await run(
    'keys',
    'revoke',
    fingerprint,
    '--reason',
    'lost',
    '--compromised-since',
    '2026-01-01',
  );
  expect((revoked.json as { line: string }).line).toMatch(
    /^ssh-ed25519 \S+ # revoked-at=\S+ compromised-since=2026-01-01T00:00:00\.000Z reason=lost$/,
  );
  expect(await run('ledger', 'verify')).toMatchObject({
    code: 0,
    json: { keyChanges: { endorsed: 1, notEndorsed: 0 } },
  });
  expect(await run('keys', 'agent')).toMatchObject({ code: 1, json: { error: { code: 'not-found' } } });
});

test.each([
  ['keys', 'forge'],
  ['keys', 'words'],
  ['keys', 'rotate'],
  ['keys', 'use'],
  ['keys', 'list', '--reason', 'x'],
  ['keys', 'revoke', '--reason', 'x'],
  ['keys', 'rotate', 'more', '--reason', 'x'],
  ['keys', 'idle'],
  ['keys', 'idle', '--minutes', '0'],
])('%s %s %s is a mistake in the command line', async (...args) => {
  expect(await program()(...args.filter((word) => typeof word === 'string'))).toMatchObject({ code: 2 });
});

test('what is no fingerprint is refused with a sentence', async () => {
  expect(await program()('keys', 'words', 'SHA256:short')).toMatchObject({ code: 1 });
  expect(await program()('keys', 'words', 'abandon', 'ability')).toMatchObject({ code: 1 });
});
