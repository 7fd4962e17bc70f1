// The check of the report: it says what the data says, and nothing else in numbers.
import { archivedFile, readWhole } from '../pack-archive.ts';
import { comparePage } from '../report/check-page.ts';
import { reportDocument } from '../report/document.ts';
import { pageFile, printedReportFile } from '../report/report-files.ts';
import { decodeText } from '../text-file.ts';
import { failCheck, type Check } from './check.ts';
import type { OpenedPack } from './opened-pack.ts';
import { sumsOf } from './walk-through.ts';

/** Reports list a bounded number of rows; older ones listed everything, and still have to be read. */
const longestReportBytes = 2 ** 28;

/** Another version of the program may print the same words otherwise, so that the bytes of the PDF are not made again. */
function describePrinted(pack: OpenedPack): string {
  if (!pack.payload.has(printedReportFile)) return '';
  if (pack.statement().predicate.views?.includes(printedReportFile) !== true)
    failCheck('tampered', 'The statement does not name report.pdf as a view of the data.');
  return ' report.pdf is a view as well: its bytes are those in the manifest; what it says was not compared.';
}

async function checkReport(pack: OpenedPack): Promise<string> {
  const name = pageFile;
  const page = decodeText(await readWhole(archivedFile(pack.archive, name), name, longestReportBytes), name);
  const sums = sumsOf(pack);
  const document = reportDocument({
    predicate: { ...pack.statement().predicate, counts: sums.counts() },
    digests: pack.payloadDigests,
    ...sums.singles(),
    rows: sums.reportRows(),
  });
  const { foreign, missing, wrong, facts, isSame } = comparePage(page, document, sums.everyFact);
  if (foreign.length > 0) failCheck('tampered', 'The report holds elements that no report of ours has.');
  if (wrong > 0) failCheck('tampered', `The report states ${wrong} facts that do not follow from the data.`);
  if (missing.length > 0) failCheck('tampered', `The report leaves out ${missing.length} facts of the data.`);
  const words = isSame
    ? 'every word of it follows from the data.'
    : 'another version of this program chose its words.';
  return `${facts} numbers and decisions in the report recomputed; ${words}${describePrinted(pack)}`;
}

export const reportCheck: Check<OpenedPack> = {
  name: 'report',
  needs: ['contents'],
  run: checkReport,
};
