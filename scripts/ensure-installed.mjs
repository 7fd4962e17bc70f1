// Installs the locked packages when node_modules does not match them. Runs on any Node >= 20 and needs no package.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const reason = whyIncomplete();
if (reason !== null) {
  console.error(`Installing the locked packages, because ${reason}. This takes a minute.`);
  // Native packages bring their programs with them. With scripts, npm would try to compile them, and a bare machine has no compiler.
  npm('ci', '--ignore-scripts');
}
if (
  !existsSync(join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node'))
) {
  npm('rebuild', 'node');
}

/** A sentence fragment, or null when everything is there. */
function whyIncomplete() {
  const locked = readPackages('package-lock.json');
  if (locked === null) throw new Error('package-lock.json is missing or not readable.');
  const installed = readPackages('node_modules/.package-lock.json');
  if (installed === null) return 'none are installed yet';
  for (const [path, wanted] of Object.entries(locked)) {
    if (path === '' || wanted.link === true) continue;
    const present = installed[path];
    // What is optional may be left out on this platform.
    if (present === undefined && (wanted.optional === true || wanted.devOptional === true)) continue;
    if (present === undefined) return `${nameOf(path)} is missing`;
    if (present.version !== wanted.version)
      return `${nameOf(path)} is ${present.version} and not ${wanted.version}`;
  }
  const absent = Object.entries(installed).find(
    ([path, { link }]) => link !== true && !existsSync(join(root, path, 'package.json')),
  );
  return absent === undefined ? null : `${nameOf(absent[0])} is missing`;
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages ?? null;
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return null;
    throw error;
  }
}

function nameOf(path) {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

function npm(...parameters) {
  const outcome = spawnSync(...npmCommand(parameters), {
    cwd: root,
    env: cleanEnvironment(),
    // What the caller prints to stdout may be read by a program.
    stdio: ['ignore', 2, 2],
  });
  if (outcome.error !== undefined || outcome.status !== 0) {
    const how = outcome.error?.message ?? `it ended with ${outcome.signal ?? `exit code ${outcome.status}`}`;
    console.error(
      `The packages could not be installed: ${how}. Run “npm ${parameters.join(' ')}” to see more.`,
    );
    process.exit(1);
  }
}

/**
 * The npm that is running us, on the Node that runs it: inside a script, `node` may already be the one in node_modules,
 * which npm ci is about to delete.
 */
function npmCommand(parameters) {
  const { npm_execpath: program, npm_node_execpath: node } = process.env;
  if (program !== undefined && /npm-cli\.c?js$/.test(program))
    return [node ?? process.execPath, [program, ...parameters, '--loglevel', 'error']];
  return process.platform === 'win32'
    ? ['cmd.exe', ['/d', '/s', '/c', 'npm', ...parameters, '--loglevel', 'error']]
    : ['npm', [...parameters, '--loglevel', 'error']];
}

/** npm describes the running script and its flags to the scripts it runs; an inner npm would take them for its own. */
function cleanEnvironment() {
  const told = /^(npm_(lifecycle|package)_|npm_(command|execpath|node_execpath)$|init_cwd$)/i;
  const flags =
    /^npm_config_(also|dry_run|global|ignore_scripts|include|json|local_prefix|omit|only|package_lock_only|prefix|production|silent|workspaces?)$/i;
  const kept = Object.entries(process.env).filter(
    ([name]) => !told.test(name) && !flags.test(name) && name !== 'NODE_ENV',
  );
  const inner = `${sep}node_modules${sep}.bin`;
  return Object.fromEntries(
    kept.map(([name, value]) =>
      name.toUpperCase() === 'PATH'
        ? [
            name,
            value
              .split(delimiter)
              .filter((folder) => !folder.endsWith(inner))
              .join(delimiter),
          ]
        : [name, value],
    ),
  );
}
