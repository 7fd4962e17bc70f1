// What is shared while one rule file is read: where refusals go, and what may still be spent.
import { RegexRefused, type RegexFlags } from './regex-syntax.ts';
import { compileRegex, type RegexProgram } from './regex-program.ts';
import type { RefusalList } from './refusal.ts';
import type { YamlEntry, YamlMap, YamlNode, YamlScalar } from './yaml-tree.ts';

const longestRegex = 1000;
const longestRegexesTogether = 8000;

export class ParseContext {
  readonly refusals: RefusalList;
  #regexCharacters = 0;

  constructor(refusals: RefusalList) {
    this.refusals = refusals;
  }

  /** Notes what was not understood, and stands for the missing result. */
  refuse(line: number, reason: string): null {
    this.refusals.add(line, reason);
    return null;
  }

  regex(line: number, source: string, flags: RegexFlags): RegexProgram | null {
    this.#regexCharacters += source.length;
    if (source === '') return this.refuse(line, 'The regular expression is empty.');
    if (source.length > longestRegex)
      return this.refuse(line, `The regular expression is longer than ${longestRegex} characters.`);
    if (this.#regexCharacters > longestRegexesTogether)
      return this.refuse(
        line,
        `The regular expressions of this file are together longer than ${longestRegexesTogether} characters.`,
      );
    try {
      return compileRegex(source, flags);
    } catch (error) {
      if (error instanceof RegexRefused)
        return this.refuse(line, `The regular expression cannot be used: ${error.message}`);
      throw error;
    }
  }

  /** The value as a map; refused when it is something else. */
  map(entry: YamlEntry): YamlMap | null {
    if (entry.value.kind === 'map') return entry.value;
    return this.refuse(entry.line, `“${entry.key}” must be a map of names to values.`);
  }

  /** The value as text that is not empty; a number is taken as written. */
  text(entry: YamlEntry, longest: number): string | null {
    const { key, value, line } = entry;
    const text = value.kind === 'scalar' && value.value !== null ? textOf(value) : '';
    if (text === '') return this.refuse(line, `“${key}” must be text that is not empty.`);
    return text.length <= longest
      ? text
      : this.refuse(line, `“${key}” is longer than ${longest} characters.`);
  }

  /** One text or a list of texts. */
  texts(entry: YamlEntry, longest: number): string[] {
    const items = entry.value.kind === 'list' ? entry.value.items : [entry.value];
    return items.flatMap((value) => this.text({ ...entry, line: value.line, value }, longest) ?? []);
  }

  flag(entry: YamlEntry): boolean | null {
    const value = entry.value.kind === 'scalar' ? entry.value.value : null;
    const words: Readonly<Record<string, boolean>> = { yes: true, no: false };
    if (typeof value === 'boolean') return value;
    const word = typeof value === 'string' ? words[value.toLowerCase()] : undefined;
    return word ?? this.refuse(entry.line, `“${entry.key}” must be true or false.`);
  }
}

/** Text as such; anything else as it was written. */
export function textOf({ value, written }: YamlScalar): string {
  return typeof value === 'string' ? value : written;
}

/** The value without line numbers, for comparing what two rules say. */
export function plainValue(node: YamlNode): unknown {
  if (node.kind === 'scalar') return [typeof node.value, textOf(node)];
  if (node.kind === 'list') return node.items.map(plainValue);
  return node.entries.map(({ key, value }) => [key, plainValue(value)]);
}
