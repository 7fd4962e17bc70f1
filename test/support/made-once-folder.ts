// The folder of one test run for what is made once and copied by every file that needs one.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Vitest calls it before the first file of a project; what it answers is called after the last one. */
export function setup(): (() => void) | undefined {
  // The projects of a run share one.
  if (process.env['COUNTERSIGN_MADE_ONCE'] !== undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'countersign-made-once-'));
  // Servers may run as another user, who has to get through.
  chmodSync(folder, 0o711);
  process.env['COUNTERSIGN_MADE_ONCE'] = folder;
  return () => {
    delete process.env['COUNTERSIGN_MADE_ONCE'];
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
}
