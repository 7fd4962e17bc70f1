// The evidence that goes with handed-out items: written as the owner's workspace knows it, taken over line by line.
import { carriedEvidence, type CarriedEvidence } from '#shared/model/campaign-carried-evidence.ts';
import type { AssignmentStatement } from '#shared/model/campaign-files.ts';
import { Problem } from '#shared/model/problem.ts';
import { formatJsonLine, parseJsonLine } from '../../evidence/json-lines.ts';
import type { OpenedTravelling } from './assignment-open.ts';
import type { TravelWatch } from './assignment-watch.ts';
import type { CampaignRecord } from './campaign-state.ts';
import { sideBySide } from './difference.ts';
import { readLine } from './frozen-file.ts';
import type { FrozenWriter } from './frozen-writer.ts';
import { evidenceOfMany, type EvidenceScene } from './item-evidence.ts';
import { readTakenEvidence } from './taken-evidence.ts';

/** Others get their turn after so many. */
const itemsAtOnce = 32;

export type EvidenceLines = (items: readonly string[]) => AsyncGenerator<readonly string[]>;

/**
 * Makes a line of evidence for each line of an item that is handed out.
 * @throws Problem as {@link evidenceOfMany}
 */
export async function evidenceLines(
  scene: EvidenceScene,
  record: CampaignRecord,
  { signal }: TravelWatch,
): Promise<EvidenceLines> {
  const evidenceOf = await evidenceOfMany(scene, record);
  const lineOf = (line: string): string => {
    const item = readLine(line);
    if (item === null) throw new TypeError('What is handed out are lines of items.');
    const evidence = evidenceOf(item);
    return formatJsonLine(carriedEvidence.parse({ key: item.key, evidence }));
  };
  return async function* lines(items) {
    for (let at = 0; at < items.length; at += itemsAtOnce) {
      signal.throwIfAborted();
      const some = items.slice(at, at + itemsAtOnce).map(lineOf);
      yield some;
      await new Promise((resolve) => void setImmediate(resolve));
    }
  };
}

type Opened = Pick<OpenedTravelling<AssignmentStatement>, 'statement' | 'beside'>;

/**
 * Writes the evidence of a file, and with it what is here from earlier files of the same stage; where both know an item, the
 * later one counts.
 * @throws Problem `refused` where a file does not hold the evidence it says, in order
 */
export async function writeTakenEvidence(
  writer: FrozenWriter,
  { workspace, earlier }: { readonly workspace: string; readonly earlier: CampaignRecord | null },
  { statement, beside }: Opened,
  { signal }: TravelWatch,
): Promise<void> {
  const said = statement.evidence ?? 0;
  if (said !== 0 && said !== statement.items)
    throw otherEvidence(`it says it knows something of ${said} of ${statement.items} items`);
  const here = earlier === null ? [] : readTakenEvidence(workspace, earlier);
  let known = 0;
  for await (const { key, earlier: before, later } of sideBySide(here, carriedIn(beside))) {
    signal.throwIfAborted();
    if (later !== null) known += 1;
    writer.add(key, formatJsonLine(later ?? before));
    if (writer.isFull()) await writer.flush();
  }
  if (known !== said) throw otherEvidence(`it holds ${known} lines and says ${said}`);
}

async function* carriedIn(lines: Opened['beside']): AsyncGenerator<readonly CarriedEvidence[]> {
  if (lines === null) return;
  let last = '';
  for await (const some of lines())
    yield some.map(({ text, where }) => {
      const line = parseJsonLine(text, where, carriedEvidence);
      if (line.key <= last) throw otherEvidence(`${where} is out of order`);
      last = line.key;
      return line;
    });
}

const otherEvidence = (what: string): Problem =>
  new Problem(
    'refused',
    `The evidence in this file is not that of its items: ${what}. Nothing was taken from it.`,
    { next: 'Ask the owner of the campaign for the file once more.' },
  );
