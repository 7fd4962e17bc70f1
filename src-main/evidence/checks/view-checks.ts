// The check of the report: drawn again from the data, it is the same; where that cannot be done, its facts are compared and no more.
import { archivedFile, readWhole } from '../pack-archive.ts';
import { comparePage, type PageComparison } from '../report/check-page.ts';
import { reportDocument } from '../report/document.ts';
import type { ReportDocument } from '../report/document-model.ts';
import { currentEdition, editionOf, type ReportEdition } from '../report/edition.ts';
import { pageFile, printedReportFile, reportFiles } from '../report/report-files.ts';
import { visibleText } from '../report/visible-text.ts';
import { decodeText } from '../text-file.ts';
import { failCheck, listNames, type Check } from './check.ts';
import type { OpenedPack } from './opened-pack.ts';
import { sumsOf } from './walk-through.ts';

/** Reports list a bounded number of rows; older ones listed everything, and still have to be read. */
const longestReportBytes = 2 ** 28;

/** Draws report.pdf again and compares; not every verifier can. */
export type IsPrintOf = (given: Uint8Array, document: ReportDocument) => Promise<boolean>;

/** Every view the statement names is there, and none besides. Packs older than the printed report name none. */
function checkViews(pack: OpenedPack): void {
  const { views } = pack.statement().predicate;
  const present = reportFiles.filter((name) => pack.payload.has(name));
  const named = views ?? [pageFile];
  const missing = named.filter((name) => !present.includes(name));
  if (missing.length > 0)
    failCheck('tampered', `The statement names views that are not in the pack: ${listNames(missing)}.`);
  const others = present.filter((name) => !named.includes(name));
  if (others.length > 0)
    failCheck('tampered', `The statement does not name ${listNames(others)} as a view of the data.`);
}

function documentOf(pack: OpenedPack, edition: ReportEdition): ReportDocument {
  const sums = sumsOf(pack);
  return reportDocument(
    {
      predicate: { ...pack.statement().predicate, counts: sums.counts() },
      digests: pack.payloadDigests,
      ...sums.singles(),
      rows: sums.reportRows(),
    },
    edition,
  );
}

/** Names of facts hold ids of the source. */
const shortName = (name: string): string => `“${visibleText(name.slice(0, 80))}”`;

/** @throws CheckFailure where a fact is not that of the data */
function assertFacts({ foreign, missing, wrong }: PageComparison): void {
  if (foreign.length > 0) failCheck('tampered', 'The report holds elements that no report of ours has.');
  if (wrong.length > 0)
    failCheck(
      'tampered',
      `The report states ${wrong.length} facts that do not follow from the data: ${listNames([...new Set(wrong)])}.`,
    );
  if (missing.length > 0)
    failCheck(
      'tampered',
      `The report leaves out ${missing.length} facts of the data: ${listNames(missing.map(shortName))}.`,
    );
}

/** The line in which a report first differs from the one drawn again, as a person would look for it. */
function firstDifference(page: string, drawn: string): string {
  const given = page.split('\n');
  const expected = drawn.split('\n');
  const line = given.findIndex((text, index) => text !== expected[index]);
  const text = (given[line < 0 ? given.length - 1 : line] ?? '').replaceAll(/<[^>]*>/g, ' ').trim();
  return `line ${line < 0 ? given.length : line + 1}, “${visibleText(text.slice(0, 120))}”`;
}

/** The print of a report whose words are those the data gives. */
async function describePrint(
  pack: OpenedPack,
  document: ReportDocument,
  isPrintOf: IsPrintOf | undefined,
): Promise<string> {
  if (!pack.payload.has(printedReportFile)) return '';
  if (isPrintOf === undefined)
    return ' report.pdf could not be drawn again here: its bytes are those that were signed, and what it says was not compared; “countersign verify” compares it.';
  const file = archivedFile(pack.archive, printedReportFile);
  const given = await readWhole(file, printedReportFile, longestReportBytes);
  if (await isPrintOf(given, document)) return ' So is report.pdf.';
  if (pack.statement().predicate.reportFormat !== undefined)
    failCheck('tampered', 'report.pdf is not the print of the report that its data gives.');
  pack.reportCompared = 'only-facts';
  const unchecked = 'What report.pdf says was not checked: another version of this program drew it.';
  pack.reservations.unshift(unchecked);
  return ` ${unchecked}`;
}

async function describeDrawing(
  pack: OpenedPack,
  document: ReportDocument,
  isPrintOf: IsPrintOf | undefined,
): Promise<string> {
  pack.reportCompared = 'drawn-again';
  return `drawn again from the data, the report is the same: every word of it follows from the data.${await describePrint(pack, document, isPrintOf)}`;
}

function onlyFacts(pack: OpenedPack, edition: ReportEdition): string {
  const { reportFormat } = pack.statement().predicate;
  const why =
    reportFormat === undefined
      ? 'another version of this program drew it'
      : `it is of the form ${reportFormat}, which this version cannot draw`;
  const what =
    (reportFormat ?? 0) > currentEdition ? 'nor its numbers' : 'only its named numbers and decisions';
  const print = pack.payload.has(printedReportFile) ? ', and nothing that report.pdf says' : '';
  pack.reportCompared = 'only-facts';
  pack.reservations.unshift(
    `The words of the report were not checked, ${what}${print}: ${why}. Go by the data, not by the report.`,
  );
  const older =
    edition < currentEdition
      ? ' It is of an older form, which says nothing of the sample, the changes of the population and sign-offs.'
      : '';
  return `its words were not checked, because ${why}.${older}`;
}

async function checkReport(pack: OpenedPack, isPrintOf: IsPrintOf | undefined): Promise<string> {
  checkViews(pack);
  const file = archivedFile(pack.archive, pageFile);
  const page = decodeText(await readWhole(file, pageFile, longestReportBytes), pageFile);
  const { reportFormat } = pack.statement().predicate;
  const edition = reportFormat === currentEdition ? currentEdition : editionOf(page);
  if (reportFormat !== undefined && reportFormat > currentEdition)
    return `The report is there; ${onlyFacts(pack, edition)}`;
  const document = documentOf(pack, edition);
  const compared = comparePage(page, document, sumsOf(pack).everyFact);
  assertFacts(compared);
  const { facts, isSame, drawn } = compared;
  if (!isSame && reportFormat === currentEdition)
    failCheck(
      'tampered',
      `The report is not the one its data gives; it differs first in ${firstDifference(page, drawn)}.`,
    );
  const words = isSame ? await describeDrawing(pack, document, isPrintOf) : onlyFacts(pack, edition);
  return `${facts} numbers and decisions in the report recomputed; ${words}`;
}

export const reportCheck = (isPrintOf: IsPrintOf | undefined): Check<OpenedPack> => ({
  name: 'report',
  needs: ['contents'],
  run: (pack) => checkReport(pack, isPrintOf),
});
