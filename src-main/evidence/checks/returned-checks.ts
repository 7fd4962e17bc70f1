// Checks that decisions that came by file bear their reviewers’ own signatures: the files are in the pack, and the ledger says what they say.
import type { LedgerEntry } from '#shared/model/evidence.ts';
import type { Identities } from '../../review/aliases.ts';
import type { DecidedItem } from '../../review/campaigns/campaign-state.ts';
import { campaignIdentities } from '../../review/campaigns/reviewer-of-record.ts';
import { ledgerPart } from '../pack-contents.ts';
import type { OpenedCampaign } from '../parts/campaign-lines.ts';
import { returnedIn } from '../parts/returned-files.ts';
import { numberOf } from '../report/visible-text.ts';
import { tampered } from './campaign-population-checks.ts';
import { failCheck, listNames } from './check.ts';
import type { KeyTrust } from './judge-key.ts';
import type { OpenedPack } from './opened-pack.ts';
import { openReturned } from './returned-bag.ts';
import { compareReturned, type TakenIn } from './returned-comparison.ts';
import { returnedSigners, returnedSignersCheck, type SignedReturn } from './returned-signers.ts';
import { take, type Watcher } from './watcher.ts';

/** The campaigns of a pack, as the check of them found them; to be asked once they were gone through. */
export type CheckedCampaigns = {
  readonly packed: () => readonly OpenedCampaign[];
  readonly identities: () => Identities;
};

export type ReturnedScene = {
  readonly pack: OpenedPack;
  readonly campaigns: CheckedCampaigns;
  /** What the recipient knows of keys by another way than the pack. */
  readonly trust: KeyTrust & { readonly now: string };
  /** Awaited between pieces with their lengths; throws to give up. */
  readonly breathe: (bytes: number) => Promise<void>;
  readonly reserve: (sentence: string) => void;
};

/** Two checks: of the files themselves, and of whoever signed them. Keeps a reference to each decision that came by file. */
export function watchReturned(scene: ReturnedScene): readonly [files: Watcher, signers: Watcher] {
  const signed: SignedReturn[] = [];
  const keeping = keepingRule();
  return [
    {
      name: 'returned-files',
      takes: [take(ledgerPart, ({ entry }) => keeping(entry))],
      end: () => checkFiles(scene, signed),
    },
    {
      name: returnedSignersCheck,
      takes: [],
      end: () => returnedSigners(signed, scene.trust, scene.reserve),
    },
  ];
}

/** Once a workspace keeps the files that come back it keeps every one: an entry of old form is then none of the program’s. */
function keepingRule(): (entry: LedgerEntry) => void {
  let since: number | null = null;
  return ({ type, seq, payload }) => {
    if (type !== 'campaign-imported') return;
    if (payload['kept'] !== undefined) since ??= seq;
    else if (since !== null)
      failCheck(
        'tampered',
        `Ledger entry ${seq} takes decisions in without their file, although files are kept since entry ${since}.`,
      );
  };
}

function takenIn({ campaigns }: ReturnedScene): Map<string, TakenIn> {
  const found = new Map<string, TakenIn>();
  for (const record of campaigns.packed()) {
    const identities = campaignIdentities(campaigns.identities(), record.definition);
    for (const { kept, fileSha256: sha256 } of record.imports) {
      if (kept === undefined || found.has(sha256)) continue;
      const imports = record.imports.filter(({ fileSha256 }) => fileSha256 === sha256);
      found.set(sha256, { sha256, record, imports, identities });
    }
  }
  return found;
}

async function checkFiles(scene: ReturnedScene, signed: SignedReturn[]): Promise<string> {
  const { pack, campaigns, breathe, reserve } = scene;
  const wanted = takenIn(scene);
  const found = returnedIn(pack.payload.keys());
  const missing = [...wanted.keys()].filter((sha256) => !found.has(sha256));
  if (missing.length > 0)
    failCheck(
      'tampered',
      `The ledger says that files of decisions were kept that are not here: ${listNames(missing)}.`,
    );
  const foreign = [...found.keys()].filter((sha256) => !wanted.has(sha256));
  if (foreign.length > 0)
    failCheck('tampered', `No campaign in this pack took in the files of decisions ${listNames(foreign)}.`);
  const proven = new Set<DecidedItem>();
  let refused = 0;
  for (const [sha256, taken] of wanted) {
    const bag = await openReturned(pack, sha256, found.get(sha256) ?? new Map(), breathe);
    const compared = await compareReturned(taken, bag);
    for (const decision of compared.proven) proven.add(decision);
    refused += compared.refused;
    signed.push({ taken, bag, newestAt: compared.newestAt });
  }
  const unproven = campaigns
    .packed()
    .map((record) => [record, countUnproven(record, wanted, proven)] as const);
  for (const [{ definition }, count] of unproven)
    if (count > 0)
      reserve(
        `${numberOf(count, 'decision', 'decisions')} of the campaign “${definition.name}” came by file, and nothing in the pack shows that a reviewer signed it: an earlier release, which kept no files, took in what was handed back.`,
      );
  return sentence(
    wanted.size,
    proven.size,
    refused,
    unproven.reduce((sum, [, count]) => sum + count, 0),
  );
}

/** Decisions of files that were not kept, unless a later file of the same reviewer holds them, too. */
function countUnproven(
  record: OpenedCampaign,
  wanted: ReadonlyMap<string, TakenIn>,
  proven: ReadonlySet<DecidedItem>,
): number {
  let count = 0;
  for (const decision of record.decisionsById.values()) {
    const { importedFrom, id } = decision;
    if (importedFrom === null || proven.has(decision)) continue;
    if (wanted.has(importedFrom))
      tampered(record, `the decision ${id} is not in the file that is said to have brought it`);
    count += 1;
  }
  return count;
}

function sentence(files: number, proven: number, refused: number, unproven: number): string {
  if (files + unproven === 0) return 'No decision of a campaign in this pack came by file.';
  const left =
    unproven === 0 ? '' : ` Whose file is not in the pack: ${numberOf(unproven, 'decision', 'decisions')}.`;
  if (files === 0) return left.trim();
  const named = refused === 0 ? '' : ` Not taken over, and named with the reason: ${refused}.`;
  return `${numberOf(files, 'file', 'files')} that came back, each signed by its reviewer: ${numberOf(proven, 'decision stands', 'decisions stand')} in the ledger as they were signed.${named}${left}`;
}
