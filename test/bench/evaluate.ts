// Holds the detectors against a labelled set of events: what was found, what was missed, what was listed for nothing.
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { Problem } from '#shared/model/problem.ts';
import type { GeoLookup } from '../../src-main/analytics/rules/geo/geo-lookup.ts';
import { readLocations } from '../../src-main/analytics/rules/geo/location-table.ts';
import { readArguments, type EvaluateArguments } from './evaluate/arguments.ts';
import { evaluate } from './evaluate/evaluation.ts';
import { readEventSet } from './evaluate/event-set.ts';
import { readIncidents, readLabels } from './evaluate/incidents.ts';
import { printEvaluation } from './evaluate/print-evaluation.ts';
import { shippedRules } from './evaluate/rule-files.ts';
import { readSampleSet } from './evaluate/sample-set.ts';

try {
  await run(readArguments(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  console.error(error.next === null ? error.message : `${error.message}\n${error.next}`);
  process.exitCode = error.code === 'invalid-input' ? 2 : 1;
}

async function run(wanted: EvaluateArguments): Promise<void> {
  const { set, incidents, labels, readings } = await read(wanted);
  const { zone, json } = wanted;
  const presets = wanted.presets ? { locate: locationsIn(wanted.locations) } : null;
  const rules = shippedRules();
  const nowMs = () => performance.now();
  const evaluation = evaluate({ set, incidents, labels, zone, rules, presets, nowMs });
  if (json) console.log(JSON.stringify({ readings: readings.map(asJson), notes: set.notes, ...evaluation }));
  else console.log(printEvaluation(evaluation, set, readings));
}

async function read(wanted: EvaluateArguments) {
  if (wanted.events === null) return { ...readSampleSet(wanted.seed), labels: [], readings: [] };
  const set = await readEventSet(wanted.events);
  const told = wanted.incidents === null ? null : await readIncidents(wanted.incidents);
  const labelled = wanted.labels === null ? null : await readLabels(wanted.labels);
  const readings = [set.reading, told?.reading, labelled?.reading].filter(
    (reading) => reading instanceof Object,
  );
  return { set, incidents: told?.incidents ?? [], labels: labelled?.labels ?? [], readings };
}

function locationsIn(path: string | null): GeoLookup | null {
  if (path === null) return null;
  try {
    return readLocations(readFileSync(path, 'utf8').split(/\r?\n/));
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    throw new Problem('file-unreadable', `The file “${path}” cannot be read.`, { cause });
  }
}

function asJson<T extends { readonly remarks: ReadonlyMap<string, number> }>(reading: T) {
  return { ...reading, remarks: Object.fromEntries(reading.remarks) };
}
