import { defineConfig } from 'vitest/config';
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

export default defineConfig({
  test: {
    reporters: ['default'],
    pool: 'forks',
    projects: [
      project('unit', { testTimeout: 60_000 }),
      project('architecture'),
      project('integration', { testTimeout: 120_000, hookTimeout: 120_000 }),
      project('e2e', { testTimeout: 240_000, hookTimeout: 240_000, fileParallelism: false }),
    ],
  },
});
