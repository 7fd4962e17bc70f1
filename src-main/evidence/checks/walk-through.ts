// Sends every watching check through the rows of an opened pack.
import { archivedFile, type PackArchive } from '../pack-archive.ts';
import { fileOf } from '../pack-contents.ts';
import { checkpointFile } from '../payload-parts.ts';
import { editionOf } from '../report/edition.ts';
import { failCheck, type Check } from './check.ts';
import { watchAnomalies } from './anomaly-checks.ts';
import { watchCampaigns } from './campaign-checks.ts';
import { watchTimes, type ClaimedTimes } from './claimed-times.ts';
import { watchDecisions, watchIpe, watchPopulation } from './data-checks.ts';
import { watchConfiguration, watchExceptions } from './configuration-checks.ts';
import { watchFindings } from './finding-checks.ts';
import { watchChain, watchCheckpoints } from './ledger-checks.ts';
import { outcomeOf, type OpenedPack } from './opened-pack.ts';
import { watchOrigin } from './origin-checks.ts';
import { watchPopulationAfter } from './population-after-checks.ts';
import { watchPrevious, type PreviousPack } from './previous-checks.ts';
import { watchProofs } from './proof-checks.ts';
import { watchReturned } from './returned-checks.ts';
import { returnedSignersCheck } from './returned-signers.ts';
import { watchReviewers, type ReviewerTrust } from './reviewer-checks.ts';
import { watchSignOffs } from './sign-off-checks.ts';
import { watchSampling } from './sampling-checks.ts';
import { sumRows, type Sums } from './sums.ts';
import { watchTables } from './table-checks.ts';
import { concludeWith, walkPack } from './walk.ts';
import type { Watcher } from './watcher.ts';

/** What the recipient has besides the pack. */
export type GivenToWalk = ReviewerTrust & { readonly previous?: PreviousPack | undefined };

/** Every check that looks at rows. A further one is added here, and its name below. */
function watchersOf(
  pack: OpenedPack,
  sums: Sums,
  times: ClaimedTimes,
  given: GivenToWalk,
  breathe: (bytes: number) => Promise<void>,
): Watcher[] {
  const { archive, files, statement } = pack;
  const { period, generatedAt, reportFormat, campaigns } = statement().predicate;
  const has = (name: string): boolean => archive.has(name);
  const reserve = (sentence: string): void => void pack.reservations.push(sentence);
  const span = { from: period.from, until: generatedAt };
  const checked = watchCampaigns({ said: campaigns, span }, reserve);
  return [
    sums.watcher,
    watchChain(),
    watchCheckpoints(() => fileOf(files, checkpointFile)),
    times.watcher,
    watchOrigin(statement().predicate, pack.reservations),
    watchIpe(),
    watchDecisions(sums),
    watchPopulation(sums, reserve),
    watchFindings(sums, reserve),
    watchAnomalies(has, sums),
    watchPopulationAfter(has),
    watchConfiguration(has, period, reportFormat),
    watchExceptions(has, { window: period, generatedAt }),
    watchProofs(has),
    watchSampling(has),
    checked,
    ...watchReturned({ pack, campaigns: checked, trust: given, breathe, reserve }),
    watchReviewers(pack, given),
    watchSignOffs(pack, sums),
    watchPrevious(statement().predicate, given.previous),
    watchTables(archive),
  ];
}

/** Reports carry the mark of their edition near the beginning, since they do not list everything any more. */
async function isOldReport(archive: PackArchive): Promise<boolean> {
  for await (const piece of archivedFile(archive, 'data/report.html').read())
    return editionOf(Buffer.from(piece.subarray(0, 4096)).toString('latin1')) === 1;
  return true;
}

/** @throws Problem `file-unreadable` when a data file cannot be read */
export async function walkThrough(
  pack: OpenedPack,
  breathe: (bytes: number) => Promise<void>,
  given: GivenToWalk,
): Promise<NonNullable<OpenedPack['walked']>> {
  const { zone, period } = pack.statement().predicate;
  const sums = sumRows({
    zone,
    period,
    has: (name) => pack.archive.has(name),
    forOldReport: await isOldReport(pack.archive),
  });
  const times = watchTimes(pack.statement().predicate);
  const outcomes = await walkPack(
    { archive: pack.archive, breathe },
    watchersOf(pack, sums, times, given, breathe),
    (isParallel) => void (sums.isParallel = isParallel),
  );
  return { sums, outcomes, newestAt: times.newestAt() };
}

/** What the rows add up to, for checks that need the contents. */
export function sumsOf({ walked }: OpenedPack): Sums {
  return walked?.sums ?? failCheck('malformed', 'The rows of the pack were not read.');
}

const concluding = (name: string, ...needs: string[]): Check<OpenedPack> => ({
  name,
  needs: ['contents', ...needs],
  run: (pack) => concludeWith(outcomeOf(pack, name)),
});

/** The outcomes of the watching checks, in reading order; the tables come after the report. */
export const dataChecks: readonly Check<OpenedPack>[] = (
  [
    ['ledger-chain'],
    ['checkpoint'],
    ['times'],
    ['origin'],
    ['ipe'],
    ['decisions'],
    ['population'],
    ['findings'],
    ['anomalies'],
    ['population-after'],
    ['configuration'],
    ['exceptions'],
    ['proofs'],
    ['sampling'],
    ['campaigns'],
    ['returned-files', 'campaigns'],
    [returnedSignersCheck, 'returned-files'],
    ['reviewers'],
    ['sign-offs'],
    ['previous-pack'],
  ] as const
).map(([name, ...needs]) => concluding(name, ...needs));
export const tableCheck: Check<OpenedPack> = concluding('csv');
