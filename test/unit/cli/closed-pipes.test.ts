// A reader that leaves early ends a command without a word.
import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { closedPipeCode, surviveClosedPipes } from '../../../src-main/shell/cli/closed-pipes.ts';

const closed = () => Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });

test('closed answers end the program, closed messages do not, and other faults are not swallowed', () => {
  const [answers, messages, leave] = [new EventEmitter(), new EventEmitter(), vi.fn()];
  surviveClosedPipes(answers, messages, leave);
  messages.emit('error', closed());
  expect(leave).not.toHaveBeenCalled();
  answers.emit('error', closed());
  expect(leave).toHaveBeenCalledExactlyOnceWith(closedPipeCode);
  const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
  expect(() => answers.emit('error', full)).toThrow(full);
  expect(() => messages.emit('error', full)).toThrow(full);
});

test('the program says nothing when its reader has gone, and ends like any other', async () => {
  const program = fileURLToPath(new URL('../../../src-main/cli.ts', import.meta.url));
  const child = spawn(process.execPath, [program, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
  // The reader is gone before the program writes its first letter.
  child.stdout.destroy();
  let said = '';
  child.stderr.on('data', (piece: Buffer) => void (said += piece.toString('utf8')));
  const [code] = await once(child, 'close');
  expect(said).toBe('');
  expect(code).toBe(closedPipeCode);
});
