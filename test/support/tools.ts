// Programs of other people that some tests hold ours against; a bare machine may lack them.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Test files that cannot say anything without these programs. */
export const toolsNeeded: Readonly<Record<string, readonly string[]>> = {
  'test/e2e/screens/pack-sharing.test.ts': ['openssl', 'ssh-add', 'ssh-agent', 'ssh-keygen'],
  'test/integration/evidence/ssh-agent.test.ts': ['ssh-add', 'ssh-agent', 'ssh-keygen'],
  'test/integration/evidence/ssh-keygen.test.ts': ['ssh-keygen'],
  'test/integration/evidence/timestamps.test.ts': ['openssl'],
  'test/integration/evidence/trust-tools.test.ts': ['ssh-keygen'],
  'test/integration/evidence/verify-by-hand.test.ts': ['bash', 'ssh-keygen', 'sha256sum', 'unzip', 'zip'],
  'test/integration/evidence/work-papers-by-hand.test.ts': ['sh', 'ssh-keygen', 'sha256sum', 'unzip'],
  'test/integration/workstation/campaign-files.test.ts': ['ssh-keygen'],
  'test/integration/workstation/trust.test.ts': ['openssl', 'unzip'],
  'test/integration/source/tls.test.ts': ['openssl'],
};

/** Those of the named programs that this machine does not have. */
export function missingTools(names: readonly string[]): string[] {
  return names.filter((name) => !folders().some((folder) => isExecutable(join(folder, name))));
}

function folders(): string[] {
  return (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Not there, or not ours to run: either way it cannot be used.
    return false;
  }
}
