// The rules that come with the program.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseRules } from '../../../src-main/analytics/sigma/parse-rules.ts';
import type { SigmaRule } from '../../../src-main/analytics/sigma/rule.ts';

const folder = fileURLToPath(new URL('../../../resources/rules', import.meta.url));

/** Every rule of every file, in the order of the file names. */
export function shippedRules(): SigmaRule[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yml'))
    .toSorted()
    .flatMap((name) => parseRules(readFileSync(join(folder, name), 'utf8')));
}
