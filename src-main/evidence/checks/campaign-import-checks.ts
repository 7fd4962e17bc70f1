// Decisions that came into a campaign by file, against the files its ledger names.
import type { DecidedItem } from '../../review/campaigns/campaign-state.ts';
import { canonicalJson } from '../entry-hash.ts';
import type { OpenedCampaign } from '../parts/campaign-lines.ts';
import { numberOf } from '../report/visible-text.ts';
import { tampered } from './campaign-population-checks.ts';
import { isOlderThanPopulation } from './campaign-rule-checks.ts';

/** So many decisions are looked at in one step. */
const decisionsAtOnce = 1_000;

/** Decisions that came by file: each by a file that is on record as brought by whoever decided, and as many as it says. */
export function* checkImports(
  record: OpenedCampaign,
  reserve: (sentence: string) => void,
): Generator<undefined, void> {
  const { definition, decisionsById, imports, opened } = record;
  const brought = new Map<string, number>();
  const nameOf = (reviewer: string, fileSha256: string): string => `${fileSha256} ${reviewer}`;
  let [early, seen] = [0, 0];
  const ofNothing: DecidedItem[] = [];
  for (const decision of decisionsById.values()) {
    const { importedFrom, reviewer, decidedAt, supersedes } = decision;
    seen += 1;
    if (seen % decisionsAtOnce === 0) yield undefined;
    if (importedFrom === null) continue;
    const name = nameOf(reviewer, importedFrom);
    brought.set(name, (brought.get(name) ?? 0) + 1);
    if (isOlderThanPopulation(opened, decidedAt)) early += 1;
    if (supersedes !== null && !decisionsById.has(supersedes)) ofNothing.push(decision);
  }
  for (const { reviewer, fileSha256, added } of imports) {
    const name = nameOf(reviewer, fileSha256);
    brought.set(name, (brought.get(name) ?? 0) - added);
  }
  if ([...brought.values()].some((left) => left !== 0))
    tampered(record, 'decisions by file are not those that the files on record brought');
  checkCorrections(record, ofNothing);
  if (early > 0)
    reserve(
      `${numberOf(early, 'decision', 'decisions')} of the campaign “${definition.name}” came by file and ${early === 1 ? 'claims' : 'claim'} to be older than its population.`,
    );
}

/** What a decision by file corrects is on record, or was not taken over of a file of the same reviewer, and named. */
function checkCorrections(record: OpenedCampaign, ofNothing: readonly DecidedItem[]): void {
  const { imports } = record;
  const nameOf = (reviewer: string, item: string, decision: string): string =>
    canonicalJson([reviewer, item, decision]);
  const named = new Set(
    imports.flatMap(({ reviewer, refused }) =>
      refused.map(({ item, decision }) => nameOf(reviewer, item, decision)),
    ),
  );
  for (const { id, item, reviewer, supersedes } of ofNothing)
    if (!named.has(nameOf(reviewer, item, supersedes ?? '')))
      tampered(record, `the decision ${id} corrects a decision that there is not`);
}
