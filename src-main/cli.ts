// The command line door: the same workstation for scripts, schedules and auditors.
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { z } from 'zod';
import { runProgram } from './shell/cli/program.ts';
import { nodeWorkstationOptions } from './shell/node-workstation.ts';
import { readOsUser } from './shell/os-user.ts';

const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')));

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
