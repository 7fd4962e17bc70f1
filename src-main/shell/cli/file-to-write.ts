// The file a command is told to write: one that is there already stays, unless it was said that it is to be replaced.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Problem } from '#shared/model/problem.ts';
import type { CommandOption, OptionValues } from './command.ts';

export const replaceOption: CommandOption = {
  type: 'boolean',
  description: 'with --out or --file: write over a file that is there already',
};

/**
 * @returns the absolute path
 * @throws Problem `refused` for a file that is there, without `--replace`
 */
export function fileToWrite(path: string, values: OptionValues): string {
  const file = resolve(path);
  if (values['replace'] === true || !existsSync(file)) return file;
  throw new Problem('refused', `There is something at ${file} already. No file was written.`, {
    next: 'Choose another name, or say --replace.',
  });
}
