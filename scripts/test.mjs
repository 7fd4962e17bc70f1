// Runs every check, the cheap ones all at once before the tests, and ends with one line: N passed, N failed.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const modules = join(root, 'node_modules');
const folders = ['src-shared', 'src-main', 'src-renderer', 'test', 'scripts'];
const tally = { passed: 0, failed: 0, skipped: 0 };
// Many tests start the program anew; it is compiled once for all of them.
const env = { ...process.env, NODE_COMPILE_CACHE: join(modules, '.cache', 'compiled') };

const checks = {
  format: [join(modules, 'prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'],
  lint: [join(modules, 'oxlint/bin/oxlint'), '--deny-warnings', ...folders],
  types: [join(modules, 'typescript/bin/tsc'), '-b'],
  build: [join(root, 'scripts/build-if-stale.mjs'), 'renderer', 'preload', 'main', 'verify'],
};
const passed = await runChecks();
// Without a build the doors have nothing to show, and their tests would only repeat that.
runTests(passed.has('build') ? [] : ['--project', 'unit', '--project', 'architecture']);

const skipped = tally.skipped > 0 ? `, ${tally.skipped} skipped` : '';
console.log(`${tally.passed} passed, ${tally.failed} failed${skipped}`);
process.exitCode = tally.failed > 0 || tally.passed === 0 ? 1 : 0;

/** Starts all at once, shows what each said in their order, and answers the names of those that passed. */
async function runChecks() {
  const started = Object.entries(checks).map(([name, command]) => ({ name, ended: startCheck(command) }));
  const names = new Set();
  for (const { name, ended } of started) {
    console.log(`\n# ${name}`);
    const { ok, said } = await ended;
    process.stdout.write(said);
    tally[ok ? 'passed' : 'failed'] += 1;
    if (ok) names.add(name);
  }
  return names;
}

function startCheck(command) {
  const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (said += text));
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ ok: false, said: `${error.message}\n` }));
    child.on('close', (code) => resolve({ ok: code === 0, said }));
  });
}

function runTests(parameters) {
  console.log('\n# tests');
  const folder = mkdtempSync(join(tmpdir(), 'countersign-results-'));
  const file = join(folder, 'results.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const { status } = spawnSync(
    process.execPath,
    [join(modules, 'vitest/vitest.mjs'), 'run', ...reporters, ...parameters],
    { cwd: root, stdio: 'inherit', env },
  );
  const results = readResults(file);
  rmSync(folder, { recursive: true, force: true });
  tally.passed += results.numPassedTests;
  tally.failed += results.numFailedTests;
  tally.skipped += results.numPendingTests + results.numTodoTests;
  // A file that cannot even be loaded has no failed test to count.
  if (status !== 0 && results.numFailedTests === 0) tally.failed += 1;
}

function readResults(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    console.error('The tests ended before they could report.');
    return { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0, numTodoTests: 0 };
  }
}
