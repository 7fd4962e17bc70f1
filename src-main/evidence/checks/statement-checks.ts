// Checks of what the pack says about itself: the files it holds, what they are about, and every number.
import { parseBagInfo } from '../bag-info.ts';
import { canonicalJson } from '../entry-hash.ts';
import { fileOf } from '../pack-contents.ts';
import { fingerprintOf } from '../public-key.ts';
import { isReturned } from '../parts/returned-files.ts';
import { optionalNames, payloadNames } from '../payload-parts.ts';
import { currentEdition } from '../report/edition.ts';
import { areKnownLimits, subjectsOf, type PackPredicate } from '../statement.ts';
import { knownVerifyTexts } from '../verify-text.ts';
import { failCheck, listNames, type Check } from './check.ts';
import type { OpenedPack } from './opened-pack.ts';
import { sumsOf, walkThrough, type GivenToWalk } from './walk-through.ts';

/** The names first: what a pack may hold, and must. */
function checkNames({ payload }: OpenedPack): void {
  const foreign = [...payload.keys()].filter((name) => !payloadNames.includes(name) && !isReturned(name));
  if (foreign.length > 0) failCheck('malformed', `This pack format does not know ${listNames(foreign)}.`);
  const missing = payloadNames.filter((name) => !payload.has(name) && !optionalNames.has(name));
  if (missing.length > 0) failCheck('malformed', `The pack lacks ${listNames(missing)}.`);
}

/** bag-info.txt and the statement speak of the same pack. */
function sameBag(pack: OpenedPack, predicate: PackPredicate): boolean {
  const info = parseBagInfo(fileOf(pack.files, 'bag-info.txt'));
  return (
    info.externalIdentifier === predicate.packId &&
    info.baggingDate === predicate.generatedAt.slice(0, 10) &&
    info.softwareAgent === `${predicate.tool.name} ${predicate.tool.version}` &&
    info.previousPackSha256 === predicate.previousPackSha256 &&
    (info.retention ?? null) === (predicate.retention ?? null)
  );
}

function hasPreparer(pack: OpenedPack, predicate: PackPredicate): boolean {
  return pack
    .signatures()
    .some(
      ({ key, role }) => role === 'preparer' && key && fingerprintOf(key) === predicate.preparer.fingerprint,
    );
}

/** What a pack says for every reader in the same words; a version that is not known may have other words. */
function checkFixedTexts(
  { digests }: OpenedPack,
  { limits, reportFormat = 0 }: PackPredicate,
): string | null {
  const areInstructions = knownVerifyTexts.has(digests.get('VERIFY.txt') ?? '');
  const areLimits = areKnownLimits(limits);
  if (areInstructions && areLimits) return null;
  const what = areInstructions ? 'limits of the statement' : 'instructions in VERIFY.txt';
  if (reportFormat <= currentEdition)
    failCheck('tampered', `The ${what} are not those of any version of this program.`);
  return `The ${what} are not known here: a newer version of this program may have written them, or somebody else. Do not run them.`;
}

function checkStatement(pack: OpenedPack): string {
  const { subject, predicate } = pack.statement();
  if (canonicalJson(subject) !== canonicalJson(subjectsOf(pack.payloadDigests))) {
    failCheck('tampered', 'The statement is about other files than those in the pack.');
  }
  if (!sameBag(pack, predicate))
    failCheck('tampered', 'The statement and bag-info.txt speak of different packs.');
  if (!hasPreparer(pack, predicate))
    failCheck('tampered', 'The pack is not signed by the preparer it names.');
  const counts = sumsOf(pack).counts();
  if (canonicalJson(counts) !== canonicalJson(predicate.counts)) {
    failCheck('tampered', 'The numbers of the statement are not those of the data.');
  }
  const unknown = checkFixedTexts(pack, predicate);
  if (unknown !== null) pack.reservations.push(unknown);
  return `${subject.length} digests and all counts recomputed.${unknown === null ? '' : ` ${unknown}`}`;
}

/**
 * The check of the contents reads all rows once, and lets the other checks look at them meanwhile.
 * @param breathe awaited between pieces with their lengths; throws to give up.
 * @param given what the recipient has besides the pack
 */
export const contentsCheck = (
  breathe: (bytes: number) => Promise<void>,
  given: GivenToWalk,
): Check<OpenedPack> => ({
  name: 'contents',
  needs: ['container'],
  run: async (pack) => {
    checkNames(pack);
    pack.walked = await walkThrough(pack, breathe, given);
    return `All ${pack.payload.size} payload files can be read.`;
  },
});
export const statementCheck: Check<OpenedPack> = {
  name: 'statement',
  needs: ['contents'],
  run: checkStatement,
};
