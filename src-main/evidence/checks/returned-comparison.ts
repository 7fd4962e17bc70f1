// Holds one file that came back against the ledger: who signed it, and every decision in it against what was made of it.
import type { DecisionsStatement } from '#shared/model/campaign-files.ts';
import { Problem } from '#shared/model/problem.ts';
import { foldIdentity, isSamePerson, type Identities } from '../../review/aliases.ts';
import { isAsSigned } from '../../review/campaigns/as-signed.ts';
import type { CampaignRecord, DecidedItem } from '../../review/campaigns/campaign-state.ts';
import { signingReviewer } from '../../review/campaigns/import-signer.ts';
import { readOffered } from '../../review/campaigns/offered-decision.ts';
import { isOwnItem } from '../../review/campaigns/own-names.ts';
import type { OpenedCampaign } from '../parts/campaign-lines.ts';
import { fingerprintOf } from '../public-key.ts';
import { faultIn, type ReturnedBag } from './returned-bag.ts';

type Import = CampaignRecord['imports'][number];

/** A file as the ledger tells of it; taken in more than once it has an entry each. */
export type TakenIn = {
  readonly sha256: string;
  readonly record: OpenedCampaign;
  readonly imports: readonly Import[];
  /** Of the campaign, by the end of the ledger: links are only ever added. */
  readonly identities: Identities;
};

export type ComparedFile = {
  /** Decisions of the ledger that are in it, as they stand there. */
  readonly proven: readonly DecidedItem[];
  /** Decisions in it that are not in the ledger, or otherwise; each is named there. */
  readonly refused: number;
  /** The newest moment at which one of its decisions is said to have been made; null where there is none. */
  readonly newestAt: string | null;
};

/** @throws CheckFailure `tampered` */
export async function compareReturned(taken: TakenIn, bag: ReturnedBag): Promise<ComparedFile> {
  const { sha256, record, imports, identities } = taken;
  const { statement } = bag;
  const reviewer = compareClaims(taken, bag);
  const named = new Set(imports.flatMap(({ refused }) => refused.map(({ decision }) => decision)));
  const seen = new Set<string>();
  const proven: DecidedItem[] = [];
  let [rows, refused, newestAt]: [number, number, string | null] = [0, 0, null];
  for await (const lines of bag.rows())
    for (const line of lines) {
      const offered = inOwnWords(sha256, () => readOffered(statement, line));
      const known = record.decisionsById.get(offered.id);
      rows += 1;
      if (newestAt === null || offered.decidedAt > newestAt) newestAt = offered.decidedAt;
      if (
        known &&
        !seen.has(offered.id) &&
        isAsSigned(known, offered) &&
        isTheirs(identities, known, reviewer)
      )
        proven.push(known);
      else if (named.has(offered.id)) refused += 1;
      else
        faultIn(
          sha256,
          known
            ? `the ledger has the decision ${offered.id} otherwise than its reviewer signed it.`
            : `the ledger leaves out the decision ${offered.id} that its reviewer signed, and does not say why.`,
        );
      seen.add(offered.id);
    }
  if (rows !== statement.decisions || imports.some((one) => countOf(one) !== rows))
    faultIn(sha256, 'it holds another number of decisions than it says, or than the ledger counts.');
  return { proven, refused, newestAt };
}

const countOf = ({ added, known, refused }: Import): number => added + known + refused.length;

const isTheirs = (identities: Identities, { importedFrom, reviewer }: DecidedItem, theirs: string): boolean =>
  importedFrom !== null && isSamePerson(identities, reviewer, theirs);

/**
 * Everything but the decisions: what the entries about it say is what it says.
 * @returns the id of the person of the campaign who signed it
 */
function compareClaims({ sha256, record, imports, identities }: TakenIn, bag: ReturnedBag): string {
  const { statement, key, tagManifestSha256 } = bag;
  const { identity } = statement.signer;
  if (statement.campaign !== record.id || statement.populationSha256 !== record.opened.ipe.sha256)
    faultIn(sha256, 'it is about another campaign, or another population.');
  if (!record.assigned.some(({ fileSha256 }) => statement.assignments.includes(fileSha256)))
    faultIn(sha256, 'it is about items that the ledger does not hand out.');
  const person = inOwnWords(sha256, () =>
    signingReviewer(record.definition, identities, statement, identity),
  );
  for (const { kept, signer, reviewer } of imports) {
    if (kept !== undefined && kept.tagManifestSha256 !== tagManifestSha256)
      faultIn(sha256, 'it is not the one that the ledger says was taken in.');
    if (signer.fingerprint !== fingerprintOf(key) || signer.identity !== identity || reviewer !== person.id)
      faultIn(sha256, 'the ledger names somebody else, or another key, than signed it.');
  }
  compareNames({ sha256, record, imports, identities }, statement, person.id);
  return person.id;
}

/** Other names take items from whoever stated them: none is on record that was not signed, and none that was is missing. */
function compareNames(
  { sha256, record, imports, identities }: TakenIn,
  { alsoKnownAs = [], reviewer }: DecisionsStatement,
  person: string,
): void {
  const stated = new Set([...alsoKnownAs, reviewer.id].map(foldIdentity));
  if (imports.some((one) => (one.alsoKnownAs ?? []).some((name) => !stated.has(foldIdentity(name)))))
    faultIn(sha256, 'the ledger gives its reviewer another name than it states.');
  if ([...stated].some((name) => name !== '' && !isOwnItem(record, identities, person, name)))
    faultIn(sha256, 'the ledger leaves out a name of its reviewer that it states.');
}

/** What the program says to whoever takes a file in is not for whoever verifies it. */
function inOwnWords<Value>(sha256: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return faultIn(
      sha256,
      error.message
        .replaceAll(/,? ?(?:so )?nothing was taken from (?:it|this file)\./gi, '.')
        .replaceAll('..', '.'),
    );
  }
}
