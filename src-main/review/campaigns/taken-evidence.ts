// Evidence that came with items by file, on disk in the order of their keys: found by halving, never all in memory.
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { carriedEvidence, type CarriedEvidence } from '#shared/model/campaign-carried-evidence.ts';
import type { CampaignEvidence } from '#shared/model/campaign-evidence.ts';
import { Problem } from '#shared/model/problem.ts';
import type { CampaignRecord } from './campaign-state.ts';
import { assertFrozen, campaignFolder, cutLines, type FrozenFile } from './frozen-file.ts';

/** Null where no evidence came with the items. */
export function takenEvidenceFile(workspace: string, { id, taken }: CampaignRecord): FrozenFile | null {
  const kept = taken.at(-1)?.evidence;
  return kept === undefined
    ? null
    : { path: join(campaignFolder(workspace, id), kept.file), sha256: kept.sha256, items: kept.items };
}

/** All of it in the order of keys; nothing where none came. @throws Problem as reading a frozen file */
export async function* readTakenEvidence(
  workspace: string,
  record: CampaignRecord,
): AsyncGenerator<readonly CarriedEvidence[]> {
  const file = takenEvidenceFile(workspace, record);
  if (file === null) return;
  for await (const { bytes, ends } of cutLines(file)) {
    let start = 0;
    yield ends.map((end) => {
      const line = parse(bytes.toString('utf8', start, end));
      start = end + 1;
      return line;
    });
  }
}

/**
 * What the file said of an item; null where it said nothing. The file is compared with its hash before.
 * @throws Problem `store-damaged` where it was changed, `file-unreadable`
 */
export async function takenEvidence(
  workspace: string,
  record: CampaignRecord,
  key: string,
): Promise<CampaignEvidence | null> {
  const kept = takenEvidenceFile(workspace, record);
  if (kept === null) return null;
  await assertFrozen(kept);
  const file = await open(kept.path, 'r');
  try {
    const { size } = await file.stat();
    const found = await findLine(file, size, key);
    return found === null ? null : { ...found.evidence, from: 'file' };
  } finally {
    await file.close();
  }
}

/** Halves the stretch in which a line with this key can begin. */
async function findLine(file: FileHandle, size: number, key: string): Promise<CarriedEvidence | null> {
  let [from, to] = [0, size];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    // A line that begins before the middle is looked at when nothing begins between it and the end.
    const begin = middle === from ? from : await nextBegin(file, middle, to);
    const line = begin < to ? await lineAt(file, begin) : null;
    if (line === null) {
      to = middle;
      continue;
    }
    if (line.carried.key === key) return line.carried;
    if (line.carried.key < key) from = begin + line.bytes;
    else to = middle;
  }
  return null;
}

const lineFeed = 0x0a;
const pieceBytes = 1 << 14;

/** Where the first line after a place begins; `to` where none does before it. */
async function nextBegin(file: FileHandle, place: number, to: number): Promise<number> {
  // From the byte before: a line that begins exactly there counts.
  for (let at = place - 1; at < to; at += pieceBytes) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(pieceBytes), 0, pieceBytes, at);
    const end = buffer.subarray(0, bytesRead).indexOf(lineFeed);
    if (end !== -1) return Math.min(to, at + end + 1);
    if (bytesRead === 0) return to;
  }
  return to;
}

async function lineAt(
  file: FileHandle,
  begin: number,
): Promise<{ readonly carried: CarriedEvidence; readonly bytes: number }> {
  const pieces: Buffer[] = [];
  for (let at = begin; ; at += pieceBytes) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(pieceBytes), 0, pieceBytes, at);
    const end = buffer.subarray(0, bytesRead).indexOf(lineFeed);
    pieces.push(buffer.subarray(0, end === -1 ? bytesRead : end));
    if (end === -1 && bytesRead > 0) continue;
    const bytes = Buffer.concat(pieces);
    return { carried: parse(bytes.toString('utf8')), bytes: bytes.length + 1 };
  }
}

/** Hashed before, and written by this program; another version of it may have known less. */
function parse(text: string): CarriedEvidence {
  const found = carriedEvidence.safeParse(parseJson(text));
  if (found.success) return found.data;
  throw new Problem(
    'store-damaged',
    'What came with the items of this campaign cannot be read any more. Nothing was decided; the items themselves are unaffected.',
    { next: 'Ask the owner of the campaign for the file once more, and take it up.' },
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Whatever it is, it is no line of evidence.
    return null;
  }
}
