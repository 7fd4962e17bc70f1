// What people are not shown is appended to a file; where that cannot be written it is told elsewhere, and nothing is thrown.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createFileLog } from '../../../src-main/shell/file-log.ts';

test('each failure is one line; without the folder it is told elsewhere instead', () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'failures.log');
  const told: string[] = [];
  const log = createFileLog(
    path,
    () => 0,
    (line) => told.push(line),
  );
  log('One thing failed.', new Error('first\nreason'));
  log('Another failed.', 'second reason');
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    {
      at: '1970-01-01T00:00:00.000Z',
      message: 'One thing failed.',
      detail: expect.stringContaining('first'),
    },
    { message: 'Another failed.', detail: 'second reason' },
  ]);
  expect(told).toEqual([]);
  rmSync(folder, { recursive: true });
  log('A third failed.', new Error('third reason'));
  expect(told).toEqual([
    expect.stringMatching(/^A third failed\. third reason It could not be noted .*ENOENT/),
  ]);
  const deaf = createFileLog(
    path,
    () => 0,
    () => {
      throw new Error('no terminal');
    },
  );
  expect(() => deaf('A fourth failed.', null)).not.toThrow();
});
