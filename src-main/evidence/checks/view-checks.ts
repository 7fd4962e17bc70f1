// Checks of the views for people: the report and the tables say what the data says, and nothing else in numbers.
import { fileOf } from '../pack-contents.ts';
import { formatTables } from '../pack-csv.ts';
import { compareFacts, factsOf } from '../report/facts.ts';
import { foreignElements } from '../report/render.ts';
import { decodeText } from '../text-file.ts';
import { failCheck, listNames, type Check } from './check.ts';
import type { OpenedPack } from './opened-pack.ts';

function checkReport(pack: OpenedPack): string {
  const name = 'data/report.html';
  const page = decodeText(fileOf(pack.files, name), name);
  const foreign = foreignElements(page);
  if (foreign.length > 0) failCheck('tampered', 'The report holds elements that no report of ours has.');
  const facts = factsOf(pack.contents(), pack.counts());
  const { missing, wrong } = compareFacts(page, facts);
  if (wrong > 0) failCheck('tampered', `The report states ${wrong} facts that do not follow from the data.`);
  if (missing.length > 0) failCheck('tampered', `The report leaves out ${missing.length} facts of the data.`);
  return `${facts.size} numbers and decisions in the report recomputed.`;
}

function checkTables(pack: OpenedPack): string {
  const tables = formatTables(pack.contents());
  const different = [...tables].filter(([name, bytes]) => !bytes.equals(fileOf(pack.files, name)));
  if (different.length > 0) {
    failCheck('tampered', `Not what the data says: ${listNames(different.map(([name]) => name))}.`);
  }
  return `${tables.size} CSV files equal the data.`;
}

export const viewChecks: readonly Check<OpenedPack>[] = [
  { name: 'report', needs: ['contents'], run: checkReport },
  { name: 'csv', needs: ['contents'], run: checkTables },
];
