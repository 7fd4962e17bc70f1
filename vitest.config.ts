import { defineConfig } from 'vitest/config';
import { SlowFirst } from './test/support/slow-first.ts';
import { missingTools, toolsNeeded } from './test/support/tools.ts';

const impossible = Object.entries(toolsNeeded).filter(([, tools]) => missingTools(tools).length > 0);
for (const [file, tools] of impossible) {
  console.warn(`Not run here: ${file} needs ${missingTools(tools).join(', ')}.`);
}

const project = (name: string, options: Record<string, unknown> = {}) => ({
  extends: true as const,
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    exclude: impossible.map(([file]) => file),
    ...options,
  },
});

const withDatabases = { globalSetup: 'test/support/made-once-folder.ts' };

/** A fifth of the time went into loading the same modules for every file; no file leaves anything behind in them. */
const inOneProcess = { isolate: false };

export default defineConfig({
  test: {
    reporters: ['default'],
    pool: 'forks',
    // Most of the time of a slow file is spent waiting for programs it started.
    maxWorkers: '100%',
    sequence: { sequencer: SlowFirst },
    projects: [
      project('unit', { ...inOneProcess, testTimeout: 60_000 }),
      project('architecture', inOneProcess),
      project('integration', {
        ...withDatabases,
        ...inOneProcess,
        testTimeout: 120_000,
        hookTimeout: 120_000,
      }),
      // What a screen shows may take its time while other files have the processors.
      project('e2e', {
        ...withDatabases,
        testTimeout: 240_000,
        hookTimeout: 240_000,
        expect: { poll: { timeout: 15_000 } },
      }),
    ],
  },
});
