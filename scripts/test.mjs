// Runs every check in the order of their cost and ends with one line: N passed, N failed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from './build-if-stale.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folders = ['src-shared', 'src-main', 'src-renderer', 'test', 'scripts'];
const tally = { passed: 0, failed: 0, skipped: 0 };

step('format', () => run('prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']));
step('lint', () => run('oxlint/bin/oxlint', ['--deny-warnings', ...folders]));
step('types', () => run('typescript/bin/tsc', ['-b']));
const built = step('build', () => {
  buildIfStale(['renderer', 'preload', 'main', 'verify']);
  return true;
});
// Without a build the doors have nothing to show, and their tests would only repeat that.
runTests(built ? [] : ['--project', 'unit', '--project', 'architecture']);

const skipped = tally.skipped > 0 ? `, ${tally.skipped} skipped` : '';
console.log(`${tally.passed} passed, ${tally.failed} failed${skipped}`);
process.exitCode = tally.failed > 0 || tally.passed === 0 ? 1 : 0;

function step(name, work) {
  console.log(`\n# ${name}`);
  let ok = false;
  try {
    ok = work();
  } catch (error) {
    console.error(error.message);
  }
  tally[ok ? 'passed' : 'failed'] += 1;
  return ok;
}

function run(script, parameters) {
  const outcome = spawnSync(process.execPath, [join(root, 'node_modules', script), ...parameters], {
    cwd: root,
    stdio: 'inherit',
    // Many tests start the program anew; it is compiled once for all of them.
    env: { ...process.env, NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'compiled') },
  });
  return outcome.status === 0;
}

function runTests(parameters) {
  console.log('\n# tests');
  const folder = mkdtempSync(join(tmpdir(), 'countersign-results-'));
  const file = join(folder, 'results.json');
  const ok = run('vitest/vitest.mjs', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
    ...parameters,
  ]);
  const results = readResults(file);
  rmSync(folder, { recursive: true, force: true });
  tally.passed += results.numPassedTests;
  tally.failed += results.numFailedTests;
  tally.skipped += results.numPendingTests + results.numTodoTests;
  // A file that cannot even be loaded has no failed test to count.
  if (!ok && results.numFailedTests === 0) tally.failed += 1;
}

function readResults(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    console.error('The tests ended before they could report.');
    return { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0, numTodoTests: 0 };
  }
}
