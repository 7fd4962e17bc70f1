// Opens the workstation: in Electron where that is possible, otherwise as a page served to this machine only.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from './build-if-stale.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const electronFolder = join(root, 'node_modules', 'electron');
/** Fetching Electron must not keep a person from working for longer than this. */
const fetchLimitMs = 60_000;
/** A program that fails within this time has not shown a window. */
const startLimitMs = 10_000;
/** Electron ends with this code after it told the person itself why it could not go on. */
const toldThePersonExitCode = 70;

const parameters = process.argv.slice(2);
try {
  process.exitCode = await open();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function open() {
  const node = findNode();
  const obstacle = whyNotElectron(node);
  if (obstacle !== null) return openLoopback(node, obstacle);
  buildIfStale(['renderer', 'preload', 'main', 'verify'], node);
  console.log('Opening Countersign in Electron.');
  const startedMs = performance.now();
  const code = await run(electronBinary(), ['.', ...parameters]);
  const neverOpened =
    code !== 0 && code !== toldThePersonExitCode && performance.now() - startedMs < startLimitMs;
  return neverOpened ? openLoopback(node, `Electron ended at once with code ${code}`) : code;
}

function openLoopback(node, reason) {
  buildIfStale(['renderer', 'verify'], node);
  console.log(`Opening Countersign for your browser instead of Electron: ${reason}.`);
  return run(node, [join(root, 'src-main', 'serve.ts'), ...parameters]);
}

/** A sentence fragment, or null when Electron can be used. Cheap questions first: a download is no use without a screen. */
function whyNotElectron(node) {
  const { platform, env } = process;
  if (parameters.some((parameter) => /^--port(=|$)/.test(parameter))) return 'a --port was asked for';
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return 'this machine has no display';
  if (platform === 'linux' && process.getuid() === 0) return 'its sandbox does not work for the root user';
  if (electronBinary() !== null) return null;
  console.error(`Fetching Electron (gives up after ${fetchLimitMs / 1000} seconds) …`);
  spawnSync(node, [join(electronFolder, 'install.js')], {
    timeout: fetchLimitMs,
    killSignal: 'SIGKILL',
    stdio: 'ignore',
  });
  return electronBinary() === null ? 'its program file could not be fetched' : null;
}

function electronBinary() {
  const pathFile = join(electronFolder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const binary = join(electronFolder, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(binary) ? binary : null;
}

/** The packages bring a Node of their own; the one that started us may be too old. */
function findNode() {
  const own = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(own)) return own;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  throw new Error(
    `Countersign runs on Node 24, and this is ${process.versions.node}. The Node among its packages is missing; run “npm ci” with install scripts allowed.`,
  );
}

/** Runs a program in the foreground and passes on the signals a terminal or a service manager sends. */
function run(program, programParameters) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, programParameters, { cwd: root, stdio: 'inherit' });
    // A terminal sends Ctrl+C to both of us; the child closes in order and we wait for it.
    const wait = () => undefined;
    const pass = (signal) => child.kill(signal);
    process.on('SIGINT', wait);
    process.on('SIGTERM', pass);
    process.on('SIGHUP', pass);
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      process.off('SIGINT', wait);
      process.off('SIGTERM', pass);
      process.off('SIGHUP', pass);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 143));
    });
  });
}
