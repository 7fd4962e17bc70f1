// The browser tests at other paces than this machine's: a server that answers late, then hands that are slow.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const paces = { COUNTERSIGN_TEST_LATE_ANSWERS_MS: '1500', COUNTERSIGN_TEST_SLOW_HANDS_MS: '250' };

for (const [name, pace] of Object.entries(paces)) {
  console.log(`\n# ${name}=${pace}`);
  const { status } = spawnSync(
    process.execPath,
    [vitest, 'run', '--project', 'e2e', ...process.argv.slice(2)],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, [name]: pace },
    },
  );
  if (status !== 0) process.exitCode = 1;
}
