// The rules that come with the program, as texts.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NamedText } from '../analytics/build-detectors.ts';

/** @param directory the folder `resources/rules` of the program */
export function readShippedRules(directory: string): NamedText[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.yml'))
    .toSorted()
    .map((name) => ({ name, text: readFileSync(join(directory, name), 'utf8') }));
}
