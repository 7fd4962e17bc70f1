// Checks of what the pack says about itself: the files it holds, what they are about, and every number.
import { parseBagInfo } from '../bag-info.ts';
import { canonicalJson } from '../entry-hash.ts';
import { fileOf } from '../pack-contents.ts';
import { fingerprintOf } from '../public-key.ts';
import { subjectsOf, type PackPredicate } from '../statement.ts';
import { failCheck, listNames, type Check } from './check.ts';
import type { OpenedPack } from './opened-pack.ts';

const payloadFiles = [
  'checkpoint.txt',
  'conflicts.jsonl',
  'decisions.csv',
  'decisions.jsonl',
  'detectors.json',
  'findings.csv',
  'findings.jsonl',
  'ipe.json',
  'ledger.jsonl',
  'population.csv',
  'population.jsonl',
  'report.html',
  'statement.json',
].map((name) => `data/${name}`);

function checkContents(pack: OpenedPack): string {
  pack.statement();
  pack.contents();
  const foreign = [...pack.payload.keys()].filter((name) => !payloadFiles.includes(name));
  if (foreign.length > 0) failCheck('malformed', `This pack format does not know ${listNames(foreign)}.`);
  const missing = payloadFiles.filter((name) => !pack.payload.has(name));
  if (missing.length > 0) failCheck('malformed', `The pack lacks ${listNames(missing)}.`);
  return `All ${payloadFiles.length} payload files can be read.`;
}

/** bag-info.txt and the statement speak of the same pack. */
function sameBag(pack: OpenedPack, predicate: PackPredicate): boolean {
  const info = parseBagInfo(fileOf(pack.files, 'bag-info.txt'));
  return (
    info.externalIdentifier === predicate.packId &&
    info.baggingDate === predicate.generatedAt.slice(0, 10) &&
    info.softwareAgent === `${predicate.tool.name} ${predicate.tool.version}` &&
    info.previousPackSha256 === predicate.previousPackSha256
  );
}

function hasPreparer(pack: OpenedPack, predicate: PackPredicate): boolean {
  return pack
    .signatures()
    .some(
      ({ key, role }) => role === 'preparer' && key && fingerprintOf(key) === predicate.preparer.fingerprint,
    );
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
  const counts = pack.counts();
  if (canonicalJson(counts) !== canonicalJson(predicate.counts)) {
    failCheck('tampered', 'The numbers of the statement are not those of the data.');
  }
  return `${subject.length} digests and all counts recomputed.`;
}

export const contentsCheck: Check<OpenedPack> = {
  name: 'contents',
  needs: ['container'],
  run: checkContents,
};
export const statementCheck: Check<OpenedPack> = {
  name: 'statement',
  needs: ['contents'],
  run: checkStatement,
};
