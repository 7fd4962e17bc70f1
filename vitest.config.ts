import { defineConfig } from 'vitest/config';

const project = (name: string, options: Record<string, unknown> = {}) => ({
  extends: true as const,
  test: { name, include: [`test/${name}/**/*.test.ts`], ...options },
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
