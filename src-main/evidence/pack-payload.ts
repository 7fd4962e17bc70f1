// Writes the data files of a pack, each row once, while it counts them and chooses what the report lists.
import type { ContentDigest } from './digest.ts';
import { checkpointText, emptyCheckpointedLedger, withEntry } from './checkpoint.ts';
import {
  conflictsPart,
  decisionsPart,
  detectorsPart,
  findingsPart,
  ipePart,
  itemRows,
  ledgerPart,
  populationPart,
  type ItemRow,
} from './pack-contents.ts';
import { countPack, type StatementCounts } from './pack-counts.ts';
import { findingTables, isSecondedRow, itemTables, type PackTable } from './pack-csv.ts';
import type { PackItem, PackSource } from './pack-source.ts';
import { checkpointFile, partsAfterItems, partsBeforeItems } from './payload-parts.ts';
import type { PayloadPart, Rows } from './payload-part.ts';
import { notYet, type NotYet } from './row-pauses.ts';
import { projectDecisions, type Projection } from './projection.ts';
import type { PublicKey } from './public-key.ts';
import { anomaliesPart } from './parts/anomalies-part.ts';
import { campaignItemsPart, campaignsPart } from './parts/campaign-part.ts';
import { changeTypes } from './parts/configuration-part.ts';
import { countParts } from './parts/count-parts.ts';
import { exceptionsPart } from './parts/exceptions-part.ts';
import { populationAfterPart } from './parts/population-after-part.ts';
import { samplingPart } from './parts/sampling-part.ts';
import { defaultControls } from './report/controls.ts';
import { collectRows } from './report/collect-rows.ts';
import { reportDocument } from './report/document.ts';
import { renderReportHtml } from './report/html/page.ts';
import { renderReportPdf } from './report/pdf/print.ts';
import { pageFile, printedReportFile } from './report/report-files.ts';
import { spoolReturned } from './spool-returned.ts';
import type { Sink, Spool, SpooledFile } from './spool.ts';
import { formatStatement, predicateOf, statementFile } from './statement.ts';

/** Awaited between rows with the number of rows written so far; throws to give up. */
export type Breathe = (rows: number) => Promise<void>;

export type Payload = { readonly files: readonly SpooledFile[]; readonly counts: StatementCounts };

const rowsBetweenBreaths = 500;

/** What the rows of one kind are written to. */
type Writer<Row> = { readonly sink: Sink; readonly format: (row: Row) => string };

/** Something that looks at rows on their way; `of` says at which. */
type Onlooker = { readonly of: Rows<unknown>; add(row: unknown): void };
const onlooker = <Row>(of: Rows<Row>, add: (row: Row) => void): { of: Rows<Row>; add(row: Row): void } => ({
  of,
  add,
});

export type PayloadRequest = {
  readonly source: PackSource;
  readonly key: PublicKey;
  readonly spool: Spool;
  readonly breathe: Breathe;
};

/** One kind of rows after the other goes to its files, and past those that look on. */
function rowRunner(request: PayloadRequest, onlookers: readonly Onlooker[]) {
  let written = 0;
  const files: SpooledFile[] = [];
  const run = async <Row>(rows: Rows<Row>, from: Iterable<Row | NotYet>, writers: readonly Writer<Row>[]) => {
    const watching = onlookers.filter(({ of }) => of.rows === rows.rows);
    for (const row of from) {
      if (row === notYet) {
        await request.breathe(written);
        continue;
      }
      for (const { sink, format } of writers) sink.add(format(row));
      for (const one of watching) one.add(row);
      written += 1;
      if (written % rowsBetweenBreaths > 0) continue;
      for (const { sink } of writers) await sink.settle();
      await request.breathe(written);
    }
    for (const { sink } of writers) files.push(await sink.end());
    await request.breathe(written);
  };
  return { files, run, written: () => written };
}

const partWriter = async <Row>(spool: Spool, part: PayloadPart<Row>): Promise<Writer<Row>> => ({
  sink: await spool.create(part.name),
  format: (row) => part.format(row),
});

async function tableWriter<Row>(
  spool: Spool,
  table: PackTable<Row>,
  isSeconded: boolean,
): Promise<Writer<Row>> {
  const sink = await spool.create(table.name);
  sink.add(table.head(isSeconded));
  return { sink, format: (row) => table.line(row, isSeconded) };
}

async function spoolText(spool: Spool, name: string, text: string): Promise<SpooledFile> {
  const sink = await spool.create(name);
  sink.add(text);
  return sink.end();
}

async function spoolBytes(spool: Spool, name: string, bytes: Uint8Array): Promise<SpooledFile> {
  const sink = await spool.create(name);
  await sink.addBytes(bytes);
  return sink.end();
}

function* rowsOf(items: Iterable<PackItem>): Generator<ItemRow> {
  for (const { item, made } of items)
    yield { item, line: made ?? { review: item.id, decision: null, status: item.status } };
}

/** Asked only where the ledger knows of second persons at all. */
function hasSecondedItem(source: PackSource): boolean {
  for (const row of rowsOf(source.items())) if (isSecondedRow(row)) return true;
  return false;
}

/** The row as a verifier reads it: a report must not depend on the order in which somebody put members together. */
const asRead = <Row>(part: PayloadPart<Row>, row: Row): Row =>
  part.parse(part.format(row).trimEnd(), part.name);

/** What is added up over the rows. */
function summing({ zone, period, firstSight, anomalies, campaigns }: PackSource) {
  const absent = new Set([
    ...(firstSight === undefined ? [populationAfterPart.name] : []),
    ...(anomalies === undefined ? [anomaliesPart.name] : []),
    ...(campaigns === undefined || campaigns.count === 0 ? [campaignsPart.name, campaignItemsPart.name] : []),
  ]);
  const others = countParts((name) => !absent.has(name));
  const projector = projectDecisions();
  let projection: Projection | null = null;
  const settled = (): Projection => (projection ??= projector.end());
  const counter = countPack(settled);
  const report = collectRows(zone, period);
  let ledger = emptyCheckpointedLedger;
  const onlookers: readonly Onlooker[] = [
    onlooker(ledgerPart, (line) => {
      projector.add(line);
      counter.addEntry(line);
      // Only these are printed member by member.
      report.addEntry(changeTypes.has(line.entry.type) ? asRead(ledgerPart, line).entry : line.entry);
      ledger = withEntry(ledger, line.hash);
    }),
    onlooker(itemRows, (row) => {
      counter.addItem(row);
      report.addItem(row.item, row.line);
    }),
    onlooker(findingsPart, (finding) => {
      counter.addFinding(finding);
      report.addFinding(asRead(findingsPart, finding));
    }),
    onlooker(conflictsPart, (conflict) => {
      counter.addConflict(conflict);
      report.addConflict(asRead(conflictsPart, conflict));
    }),
    onlooker(anomaliesPart, report.addAnomaly),
    onlooker(populationAfterPart, report.addPopulationChange),
    onlooker(exceptionsPart, (line) => report.addException(asRead(exceptionsPart, line))),
    onlooker(samplingPart, report.addSampling),
    onlooker(campaignsPart, (line) => report.addCampaign(asRead(campaignsPart, line))),
    onlooker(campaignItemsPart, report.addCampaignItem),
    ...others.takes.map((counted) => onlooker(counted.of, (row) => counted.run(row))),
  ];
  const counts = (): StatementCounts => ({ ...counter.counts(), ...others.counts() });
  return { onlookers, projection: settled, counts, report, checkpoint: () => checkpointText(ledger) };
}
type Sums = ReturnType<typeof summing>;

const digestsOf = (files: readonly (ContentDigest & { name: string })[]): ReadonlyMap<string, string> =>
  new Map(files.map(({ name, sha256 }) => [name, sha256]));

/**
 * Writes everything below data/. Memory does not grow with the rows but for some 200 bytes a decision, with which the
 * ledger is joined to the items.
 * @throws Problem `store-damaged` when the ledger contradicts itself.
 */
export async function writePayload(request: PayloadRequest): Promise<Payload> {
  const { source, spool } = request;
  const sums = summing(source);
  const { files, run, written } = rowRunner(request, sums.onlookers);
  const runPart = async <Row>(part: PayloadPart<Row>, tables: readonly PackTable<Row>[]) => {
    const rows = part.from(source);
    if (rows === null) return;
    const others = await Promise.all(tables.map((table) => tableWriter(spool, table, false)));
    await run(part, rows, [await partWriter(spool, part), ...others]);
  };
  for (const part of partsBeforeItems) await runPart(part, []);
  await runItems(request, sums, run);
  for (const part of partsAfterItems)
    await runPart(part, part.rows === findingsPart.rows ? findingTables : []);
  files.push(await spoolText(spool, checkpointFile, sums.checkpoint().toString('utf8')));
  const counts = sums.counts();
  const predicate = predicateOf(source, counts, request.key, source.campaigns?.said);
  const document = reportDocument({
    predicate,
    digests: digestsOf(files),
    ipe: asRead(ipePart, source.ipe),
    detectors: asRead(detectorsPart, source.detectors),
    rows: sums.report.rows(),
    controls: source.controls ?? defaultControls,
  });
  const breathe = () => request.breathe(written());
  await breathe();
  files.push(await spoolText(spool, pageFile, renderReportHtml(document)));
  files.push(await spoolBytes(spool, printedReportFile, await renderReportPdf(document, breathe)));
  files.push(...(await spoolReturned(source.campaigns?.returned ?? [], spool, breathe)));
  const statement = formatStatement(predicate, digestsOf(files)).toString('utf8');
  files.push(await spoolText(spool, statementFile, statement));
  return { files, counts };
}

async function runItems(
  { source, spool }: PayloadRequest,
  sums: Sums,
  run: ReturnType<typeof rowRunner>['run'],
): Promise<void> {
  const isSeconded = sums.projection().hasSeconds && hasSecondedItem(source);
  const population = await partWriter(spool, populationPart);
  const decisions = await partWriter(spool, decisionsPart);
  await run(itemRows, rowsOf(source.items()), [
    { sink: population.sink, format: (row) => population.format(row.item) },
    { sink: decisions.sink, format: (row) => decisions.format(row.line) },
    ...(await Promise.all(itemTables.map((table) => tableWriter(spool, table, isSeconded)))),
  ]);
}
