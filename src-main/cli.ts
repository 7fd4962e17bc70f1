// The command line door: the same workstation for scripts, schedules and auditors.
import { readFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

// A command is over sooner than the program is compiled, so what was compiled is kept, where nobody else can write.
const caches = process.env['XDG_CACHE_HOME'] ?? process.env['LOCALAPPDATA'] ?? join(homedir(), '.cache');
// Threads find it by the environment.
process.env['NODE_COMPILE_CACHE'] ??= join(caches, 'countersign', 'compiled');
enableCompileCache(process.env['NODE_COMPILE_CACHE']);

const { z } = await import('zod');
const { runProgram } = await import('./shell/cli/program.ts');
const { nodeWorkstationOptions } = await import('./shell/node-workstation.ts');
const { readOsUser } = await import('./shell/os-user.ts');
const { surviveClosedPipes } = await import('./shell/cli/closed-pipes.ts');

const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')));

surviveClosedPipes(process.stdout, process.stderr, (code) => process.exit(code));

process.exitCode = await runProgram(process.argv.slice(2), {
  terminal: { input: process.stdin, messages: process.stderr },
  print: (text) => void process.stdout.write(`${text}\n`),
  passphrase: process.env['COUNTERSIGN_PASSPHRASE'] || undefined,
  databasePassword: process.env['COUNTERSIGN_DATABASE_PASSWORD'] || undefined,
  options: (workspace) =>
    nodeWorkstationOptions({
      workspace,
      environment: process.env,
      homeDirectory: homedir(),
      version,
      osUser: readOsUser(),
    }),
  onInterrupt: (listener) => {
    process.once('SIGINT', listener);
    process.once('SIGTERM', listener);
    return () => {
      process.off('SIGINT', listener);
      process.off('SIGTERM', listener);
    };
  },
});
