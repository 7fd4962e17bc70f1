// Commands about packs for people outside: redacting one, and revealing single values of it.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Problem } from '#shared/model/problem.ts';
import { redactWork, revealWork } from '../../api/redact-pack.ts';
import { externalAuditor, redactionProfile, type RedactionProfile } from '#shared/model/redaction.ts';
import { required, text, type Command } from './command.ts';

const redact: Command = {
  usage: 'redact PACK.zip --out FILE.zip [--profile FILE] [--show-profile]',
  description:
    'make a signed pack without personal values: salted hashes in their place, the ledger still provable',
  positionals: 0,
  optionalPositionals: 1,
  options: {
    out: { type: 'string', value: 'FILE', description: 'the redacted pack to write' },
    profile: {
      type: 'string',
      value: 'FILE',
      description: 'JSON file that says what is hidden; “external auditor” without one',
    },
    'show-profile': { type: 'boolean', description: 'print the profile, to be edited, and do nothing' },
  },
  run: async ({ values, positionals, workstation, passphrase }) => {
    const profile = readProfile(text(values, 'profile'));
    if (values['show-profile'] === true) return { json: profile, text: JSON.stringify(profile, null, 2) };
    const file = resolve(required(values, 'out'));
    const pack = resolve(required({ PACK: positionals[0] }, 'PACK'));
    const request = { pack, profile, file, passphrase: await passphrase(false) };
    return { json: await redactWork(await workstation(), request) };
  },
};

/** @throws Problem `invalid-input` */
export function readProfile(path: string | undefined): RedactionProfile {
  if (path === undefined) return externalAuditor;
  try {
    return redactionProfile.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new Problem(
      'invalid-input',
      'The file cannot be read as a redaction profile. Nothing was written.',
      {
        next: 'Edit what “countersign redact --show-profile” prints.',
        cause,
      },
    );
  }
}

const reveal: Command = {
  usage: 'reveal REDACTED.zip VALUE… --out FILE --reason T',
  description:
    'write the salts of single values of a redacted pack, by which anybody can check what they stand for',
  positionals: 2,
  optionalPositionals: 1000,
  options: {
    out: { type: 'string', value: 'FILE', description: 'the file to give away with the pack' },
    reason: {
      type: 'string',
      value: 'T',
      description: 'why the values are disclosed; it goes into the ledger',
    },
  },
  run: async ({ values, positionals, workstation }) => {
    const [pack = '', ...revealed] = positionals;
    const file = resolve(required(values, 'out'));
    const request = { pack: resolve(pack), values: revealed, reason: required(values, 'reason'), file };
    const { values: written } = await revealWork(await workstation(), request);
    const json = { file, values: written.length };
    return {
      json,
      text: `${written.length} revealed, in ${file}. Check with: countersign verify ${pack} --reveal ${file}`,
    };
  },
};

export const redactionCommands: Readonly<Record<string, Command>> = { redact, reveal };
