// Goes once through all rows of a pack and shows each to every check that wants it.
import { Problem } from '#shared/model/problem.ts';
import { readLines, type TextLine } from '../json-lines.ts';
import { archivedFile, type PackArchive } from '../pack-archive.ts';
import { decisionsPart, itemRows, populationPart, type ItemRow } from '../pack-contents.ts';
import { partsAfterItems, partsBeforeItems } from '../payload-parts.ts';
import type { PayloadPart, Rows } from '../payload-part.ts';
import { failCheck } from './check.ts';
import type { Watcher } from './watcher.ts';

/** How a watching check came out: what it found, or what it threw. */
export type Outcome = { readonly detail: string } | { readonly error: unknown };

const rowsBetweenPauses = 500;

/** Shows rows to watchers; one that throws is remembered with its error, and shown no more. */
function audience(watchers: readonly Watcher[]) {
  const failed = new Map<Watcher, unknown>();
  const attempt = (watcher: Watcher, act: () => void): void => {
    if (failed.has(watcher)) return;
    try {
      act();
    } catch (error) {
      failed.set(watcher, error);
    }
  };
  const pause = async (): Promise<void> => {
    for (const watcher of watchers) {
      if (watcher.settle === undefined || failed.has(watcher)) continue;
      try {
        await watcher.settle();
      } catch (error) {
        failed.set(watcher, error);
      }
    }
  };
  const show = (of: Rows<unknown>) => {
    const wanting = watchers.flatMap((watcher) =>
      watcher.takes.filter((one) => one.of.rows === of.rows).map((one) => ({ watcher, one })),
    );
    return (row: unknown, number: number): void => {
      for (const { watcher, one } of wanting) attempt(watcher, () => one.run(row, number));
    };
  };
  const end = async (watcher: Watcher): Promise<Outcome> => {
    if (failed.has(watcher)) return { error: failed.get(watcher) };
    try {
      return { detail: await watcher.end() };
    } catch (error) {
      return { error };
    }
  };
  return { show, pause, end };
}
type Audience = ReturnType<typeof audience>;

export type WalkRequest = {
  readonly archive: PackArchive;
  /** Awaited between pieces; throws to give up. */
  readonly breathe: (bytes: number) => Promise<void>;
};

async function* piecesOf({ archive, breathe }: WalkRequest, name: string): AsyncGenerator<Uint8Array> {
  for await (const piece of archivedFile(archive, name).read()) {
    await breathe(piece.length);
    yield piece;
  }
}

async function walkPart<Row>(request: WalkRequest, part: PayloadPart<Row>, seen: Audience): Promise<void> {
  if (part.isOptional && !request.archive.has(part.name)) return;
  const show = seen.show(part);
  let number = 0;
  for await (const lines of readLines(piecesOf(request, part.name), part.name)) {
    for (const { text, where } of lines) {
      number += 1;
      show(part.parse(text, where), number);
      if (number % rowsBetweenPauses === 0) await seen.pause();
    }
  }
  if (part.isSingle && number !== 1)
    throw new Problem('file-unreadable', `${part.name} does not hold exactly one JSON value.`);
  await seen.pause();
}

async function* linesOf(request: WalkRequest, name: string): AsyncGenerator<TextLine> {
  for await (const lines of readLines(piecesOf(request, name), name)) yield* lines;
}

/** Walks through population and decisions side by side: the n-th line of one is about the n-th of the other. */
async function walkItems(request: WalkRequest, seen: Audience): Promise<boolean> {
  const decisions = linesOf(request, decisionsPart.name);
  try {
    return await walkBeside(request, decisions, seen);
  } finally {
    await decisions.return(undefined);
  }
}

async function walkBeside(
  request: WalkRequest,
  decisions: AsyncGenerator<TextLine>,
  seen: Audience,
): Promise<boolean> {
  const show = seen.show(itemRows);
  let number = 0;
  let isParallel = true;
  for await (const { text, where } of linesOf(request, populationPart.name)) {
    const item = populationPart.parse(text, where);
    const beside = await decisions.next();
    if (beside.done === true) {
      isParallel = false;
      continue;
    }
    const line = decisionsPart.parse(beside.value.text, beside.value.where);
    number += 1;
    const row: ItemRow = { item, line };
    show(row, number);
    if (number % rowsBetweenPauses === 0) await seen.pause();
  }
  for await (const { text, where } of decisions) {
    decisionsPart.parse(text, where);
    isParallel = false;
  }
  await seen.pause();
  return isParallel;
}

export type WalkResult = ReadonlyMap<string, Outcome>;

/**
 * Reads all rows, each once, in the order of the files' definitions.
 * @throws Problem `file-unreadable` when a file cannot be read; then nothing is said about the rows.
 */
export async function walkPack(
  request: WalkRequest,
  watchers: readonly Watcher[],
  onParallel: (isParallel: boolean) => void,
): Promise<WalkResult> {
  const seen = audience(watchers);
  try {
    for (const part of partsBeforeItems) await walkPart(request, part, seen);
    onParallel(await walkItems(request, seen));
    for (const part of partsAfterItems) await walkPart(request, part, seen);
    const outcomes = new Map<string, Outcome>();
    for (const watcher of watchers) outcomes.set(watcher.name, await seen.end(watcher));
    return outcomes;
  } finally {
    for (const watcher of watchers) await watcher.close?.();
  }
}

/** Ends a check as its watcher came out. */
export function concludeWith(outcome: Outcome | undefined): string {
  if (outcome === undefined) return failCheck('malformed', 'The rows of the pack were not read.');
  if ('error' in outcome) throw outcome.error;
  return outcome.detail;
}
