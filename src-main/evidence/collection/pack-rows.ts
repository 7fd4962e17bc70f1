// Reads the lists of a pack for people: filtered, a stretch at a time, in bounded memory, whatever its verdict is.
import { z } from 'zod';
import { Problem } from '#shared/model/problem.ts';
import type { PackFacts, PackRow, PackRowQuery, PackRows, PackSection } from '#shared/model/work-papers.ts';
import type { ByteSource } from '../byte-source.ts';
import { readLines } from '../json-lines.ts';
import { archivedFile, readWhole, type PackArchive } from '../pack-archive.ts';
import { readPackZip } from '../pack-zip.ts';
import { optionalNames } from '../payload-parts.ts';
import { decodeText } from '../text-file.ts';
import { sections, type Json } from './sections.ts';

const jsonRecord = z.record(z.string(), z.unknown());

function readRow(text: string, where: string): Json {
  try {
    return jsonRecord.parse(JSON.parse(text));
  } catch (cause) {
    throw new Problem('file-unreadable', `${where} cannot be read.`, { cause });
  }
}

async function filesOf(pack: ByteSource): Promise<PackArchive> {
  return (await readPackZip(pack)).files;
}

type ReadRow = { readonly value: Json; readonly text: string };

/** All rows of a list, in the order of the pack; none of a list that a pack need not have. */
async function* rowsOf(files: PackArchive, section: PackSection): AsyncGenerator<ReadRow> {
  const { file, takes } = sections[section];
  if (optionalNames.has(file) && !files.has(file)) return;
  for await (const lines of readLines(archivedFile(files, file).read(), file)) {
    for (const { text, where } of lines) {
      const value = readRow(text, where);
      if (takes(value)) yield { value, text };
    }
  }
}

const textOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value);

const keyOf = (section: PackSection, value: Json): string => textOf(sections[section].key(value)) ?? '';

function rowOf(section: PackSection, value: Json): PackRow {
  const { cells, facet } = sections[section];
  return {
    key: keyOf(section, value),
    cells: cells(value).map(textOf),
    facet: textOf(facet(value)) ?? '',
    value,
  };
}

/** @throws Problem `file-unreadable` for a pack, or a line of it, that cannot be read */
export async function readPackRows(pack: ByteSource, query: PackRowQuery): Promise<PackRows> {
  const { section, offset, limit, facet, key } = query;
  const wanted = query.text?.trim().toLowerCase() ?? '';
  const { columns, facetName } = sections[section];
  const rows: PackRow[] = [];
  const facets = new Map<string, number>();
  let [total, matching] = [0, 0];
  for await (const { value, text } of rowsOf(await filesOf(pack), section)) {
    const row = rowOf(section, value);
    total += 1;
    facets.set(row.facet, (facets.get(row.facet) ?? 0) + 1);
    const isMatch =
      (facet === undefined || row.facet === facet) &&
      (key === undefined || row.key === key) &&
      (wanted === '' || text.toLowerCase().includes(wanted));
    if (!isMatch) continue;
    if (matching >= offset && rows.length < limit) rows.push(row);
    matching += 1;
  }
  return {
    columns: [...columns],
    total,
    matching,
    facetName,
    facets: [...facets]
      .map(([value, count]) => ({ value, count }))
      .toSorted((left, right) => right.count - left.count || (left.value < right.value ? -1 : 1)),
    rows,
  };
}

/** The keys of a list, in the order of the pack: what a sample is drawn from. */
export async function readPackKeys(pack: ByteSource, section: PackSection): Promise<string[]> {
  const keys: string[] = [];
  for await (const { value } of rowsOf(await filesOf(pack), section)) keys.push(keyOf(section, value));
  return keys;
}

/** One value is never this long; what is longer was made to fill memory. */
const longestValueBytes = 2 ** 26;

/** @throws Problem `file-unreadable` */
export async function readPackFacts(pack: ByteSource): Promise<PackFacts> {
  const files = await filesOf(pack);
  const read = async (name: string) => {
    const bytes = await readWhole(archivedFile(files, name), name, longestValueBytes);
    return readRow(decodeText(bytes, name), name);
  };
  return { statement: await read('data/statement.json'), ipe: await read('data/ipe.json') };
}
