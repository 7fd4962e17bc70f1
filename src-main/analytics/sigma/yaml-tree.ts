// Reads YAML into a plain tree with line numbers. Anchors, aliases, tags and other cleverness are refused.
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseAllDocuments, type Document } from 'yaml';
import type { RefusalList } from './refusal.ts';

export type YamlNode = YamlScalar | YamlList | YamlMap;
export interface YamlScalar {
  readonly kind: 'scalar';
  readonly line: number;
  readonly value: string | number | boolean | null;
  /** As written: 007 is the number 7. */
  readonly written: string;
}
export interface YamlList {
  readonly kind: 'list';
  readonly line: number;
  readonly items: readonly YamlNode[];
}
export interface YamlMap {
  readonly kind: 'map';
  readonly line: number;
  readonly entries: readonly YamlEntry[];
}
export interface YamlEntry {
  readonly key: string;
  readonly line: number;
  readonly value: YamlNode;
}

export const longestFileBytes = 65_536;
const deepestNesting = 20;

/** The documents of a file, empty ones left out. What cannot be read is added to `refusals`, and the rest read on. */
export function readYaml(text: string, refusals: RefusalList): YamlNode[] {
  if (Buffer.byteLength(text) > longestFileBytes) {
    refusals.add(1, `The file is longer than ${longestFileBytes / 1024} KB.`);
    return [];
  }
  const lines = new LineCounter();
  const documents = parseDocuments(text, lines, refusals);
  return documents.flatMap((document) => {
    for (const { message, pos } of [...document.errors, ...document.warnings])
      refusals.add(Math.max(1, lines.linePos(pos[0]).line), `This is not valid YAML: ${sentence(message)}`);
    if (document.directives?.yaml.explicit)
      refusals.add(1, 'A YAML version directive is not supported; rules are YAML 1.2.');
    const reader = new TreeReader(lines, refusals);
    const root = document.errors.length === 0 ? reader.read(document.contents, 1, 0) : null;
    return root === null || isEmpty(root) ? [] : [root];
  });
}

function parseDocuments(text: string, lines: LineCounter, refusals: RefusalList): Document.Parsed[] {
  try {
    const parsed = parseAllDocuments(text, {
      lineCounter: lines,
      schema: 'core',
      resolveKnownTags: false,
      merge: false,
      prettyErrors: false,
      logLevel: 'silent',
    });
    return 'empty' in parsed ? [] : parsed;
  } catch (error) {
    // Brackets nested by the thousand exhaust the stack of the YAML parser itself.
    if (!(error instanceof RangeError)) throw error;
    refusals.add(1, 'The file is nested too deeply to be read.');
    return [];
  }
}

function sentence(message: string): string {
  const [first = ''] = message.split('\n');
  return first.endsWith('.') ? first : `${first}.`;
}

function isEmpty(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.value === null && node.written === '';
}

class TreeReader {
  readonly #lines: LineCounter;
  readonly #refusals: RefusalList;

  constructor(lines: LineCounter, refusals: RefusalList) {
    this.#lines = lines;
    this.#refusals = refusals;
  }

  /** Null when the node was refused. @param nearby line of what surrounds it, for nodes without a place of their own */
  read(node: unknown, nearby: number, depth: number): YamlNode | null {
    if (node === null || node === undefined)
      return { kind: 'scalar', line: nearby, value: null, written: '' };
    if (isAlias(node)) return this.#refuse(this.#lineOf(node.range, nearby), 'An alias is not supported.');
    if (!isScalar(node) && !isMap(node) && !isSeq(node))
      return this.#refuse(nearby, 'This kind of YAML node is not supported.');
    const line = this.#lineOf(node.range, nearby);
    if (node.anchor !== undefined) return this.#refuse(line, 'An anchor is not supported.');
    if (node.tag !== undefined) return this.#refuse(line, 'A YAML tag is not supported.');
    if (depth > deepestNesting) return this.#refuse(line, 'This is nested too deeply.');
    if (isScalar(node)) return this.#scalar(node.value, node.source, line);
    if (isSeq(node)) {
      const items = node.items.flatMap((item) => this.read(item, line, depth + 1) ?? []);
      return { kind: 'list', line, items };
    }
    const entries = node.items.flatMap(({ key, value }) => this.#entry(key, value, line, depth) ?? []);
    return { kind: 'map', line, entries };
  }

  #entry(key: unknown, value: unknown, nearby: number, depth: number): YamlEntry | null {
    const name = this.read(key, nearby, depth + 1);
    if (name === null) return null;
    if (name.kind !== 'scalar' || typeof name.value !== 'string')
      return this.#refuse(name.line, 'A key must be text.');
    const node = this.read(value, name.line, depth + 1);
    return node === null ? null : { key: name.value, line: name.line, value: node };
  }

  #scalar(value: unknown, source: string | undefined, line: number): YamlScalar | null {
    const isPlain = value === null || ['string', 'number', 'boolean'].includes(typeof value);
    if (!isPlain) return this.#refuse(line, 'This kind of YAML value is not supported.');
    const plain =
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
    return { kind: 'scalar', line, value: plain, written: source ?? String(plain ?? '') };
  }

  #lineOf(range: readonly number[] | null | undefined, nearby: number): number {
    return range ? Math.max(1, this.#lines.linePos(range[0]!).line) : nearby;
  }

  #refuse(line: number, reason: string): null {
    this.#refusals.add(line, reason);
    return null;
  }
}
