// How many frozen items are about a person: what an erasure leaves, because it is what was reviewed.
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { CampaignsState } from './campaign-state.ts';
import { filesNamedIn } from './named-files.ts';

export type FrozenMentions = {
  /** Lines of frozen files whose subject the person is. */
  readonly items: number;
  /** Further files that may name the person, below the workspace folder. */
  readonly files: readonly string[];
};

const pieceBytes = 1 << 20;

/** Reads every file of items once; one that cannot be read holds nothing that could be counted. */
export async function frozenMentions(
  workspace: string,
  campaigns: CampaignsState,
  actor: string,
): Promise<FrozenMentions> {
  // No text of an item can hold this: inside one, every quotation mark has a backslash before it.
  const mark = Buffer.from(`"subject":${JSON.stringify(actor)}`);
  const named = new Set(filesNamedIn(campaigns).map(({ file }) => file));
  const files: string[] = [];
  let items = 0;
  for (const file of named) {
    if (isOfItems(file)) items += await countIn(join(workspace, 'campaigns', ...file.split('/')), mark);
    else files.push(`campaigns/${file}`);
  }
  return { items, files };
}

const isOfItems = (file: string): boolean => file.endsWith('.jsonl') && !file.includes('/evidence-');

async function countIn(path: string, mark: Buffer): Promise<number> {
  let [count, rest] = [0, Buffer.alloc(0)];
  try {
    for await (const piece of createReadStream(path, { highWaterMark: pieceBytes })) {
      if (!Buffer.isBuffer(piece)) continue;
      const bytes = Buffer.concat([rest, piece]);
      for (let at = bytes.indexOf(mark); at !== -1; at = bytes.indexOf(mark, at + mark.length)) count += 1;
      // One that reaches into the next piece is counted there.
      rest = Buffer.from(bytes.subarray(Math.max(0, bytes.length - mark.length + 1)));
    }
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
  }
  return count;
}
