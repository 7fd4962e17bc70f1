import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { _electron, type ElectronApplication } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const obstacle = whyNotHere();
if (obstacle !== null) console.log(`Skipped: the desktop program in real Electron, because ${obstacle}.`);

function electronBinary(): string | null {
  const folder = join(root, 'node_modules', 'electron');
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const binary = join(folder, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(binary) ? binary : null;
}

function whyNotHere(): string | null {
  if (electronBinary() === null) return 'its program file is not installed (run “npx install-electron”)';
  const hasDisplay = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  return hasDisplay ? null : 'there is no display (run under xvfb-run)';
}

describe.skipIf(obstacle !== null)('the desktop program in real Electron', () => {
  let folder: string;
  let program: ElectronApplication;

  beforeAll(async () => {
    await promisify(execFile)(process.execPath, [join(root, 'scripts', 'build-if-stale.mjs')]);
    folder = await mkdtemp(join(tmpdir(), 'countersign-electron-'));
    program = await _electron.launch({
      executablePath: electronBinary() ?? '',
      args: ['.', `--user-data-dir=${folder}`],
      cwd: root,
    });
  });
  afterAll(async () => {
    await program.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('shows the first screen, fed by the workstation through the message port', async () => {
    const page = await program.firstWindow();
    await page.getByText('Explore sample data').first().waitFor();
    expect(page.url()).toMatch(/^app:\/\/bundle\//);
  });

  it('runs its window in the sandbox with an isolated world', async () => {
    const page = await program.firstWindow();
    expect(
      await page.evaluate(
        `({ kind: window.countersign.kind, process: typeof process, require: typeof require })`,
      ),
    ).toEqual({ kind: 'desktop', process: 'undefined', require: 'undefined' });
    const inside = await program.evaluate(async ({ app }) =>
      app
        .getAppMetrics()
        .filter(({ type }) => type === 'Tab')
        .map(({ sandboxed }) => sandboxed),
    );
    expect(inside.every((isSandboxed) => isSandboxed !== false)).toBe(true);
  });

  it('stays on its own page', async () => {
    const page = await program.firstWindow();
    await page.evaluate(`void (location.href = 'https://evil.example/')`);
    await page.evaluate(`void window.open('https://evil.example/')`);
    await page.getByText('Explore sample data').first().waitFor();
    expect(page.url()).toMatch(/^app:\/\/bundle\//);
    expect(program.windows()).toHaveLength(1);
  });
});
