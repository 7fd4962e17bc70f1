// Cases, risk and detectors on the command line.
import { beforeAll, describe, expect, test } from 'vitest';
import { finding, type Finding } from '../../../src-shared/model/finding.ts';
import { actorRisk, detectorListing, findingCase } from '../../../src-shared/model/story.ts';
import { runProgramHere } from '../../support/program-here.ts';
import {
  rita,
  sampleDatabase,
  sampleEnd,
  workspaceFolder,
  type SampleDatabase,
} from '../../support/station.ts';

let database: SampleDatabase;

beforeAll(async () => {
  database = await sampleDatabase({ events: 12_000 });
});

describe('countersign', () => {
  test('folds findings into cases, adds them up to risks, and lists the detectors behind them', async () => {
    const folder = workspaceFolder();
    const ask = async (...args: string[]) => {
      const result = await runProgramHere(folder, args);
      expect(result.code, result.stderr).toBe(0);
      return result.json;
    };
    expect(detectorListing.array().parse(await ask('detectors'))[0]).toMatchObject({
      evaluable: null,
      enabled: true,
    });
    await ask('connect', '--url', database.url, '--zone', 'Europe/Berlin');
    await ask('reviewer', '--name', rita.name, '--id', rita.id, '--email', rita.email);
    await ask('refresh', '--as-of', sampleEnd);

    const findings = finding
      .array()
      .min(1)
      .parse(await ask('findings'));
    const cases = findingCase
      .array()
      .min(1)
      .parse(await ask('cases'));
    const idsOf = (list: readonly Finding[]) => list.map(({ id }) => id).toSorted();
    expect(cases.flatMap(({ members }) => members).toSorted()).toEqual(idsOf(findings));
    await ask('dispose', cases[0]!.members[0]!, 'escalated', '--note', 'call her manager');
    expect(await ask('cases', '--status', 'escalated')).toMatchObject([{ id: cases[0]!.id }]);

    const risks = actorRisk
      .array()
      .min(1)
      .parse(await ask('risk', '--days', '3'));
    const [highest] = risks;
    expect(highest!.history).toHaveLength(3);
    expect(highest!.at).toBe(sampleEnd);
    const known = new Set(idsOf(findings));
    for (const { contributions, score, overflow } of risks) {
      expect(contributions.every(({ finding: id }) => known.has(id))).toBe(true);
      expect(contributions.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(score + overflow, 9);
    }
    const [alone, ...others] = actorRisk.array().parse(await ask('risk', highest!.actor));
    expect(others).toEqual([]);
    expect(alone).toMatchObject({ actor: highest!.actor, score: highest!.score });
    expect(await ask('risk', highest!.actor, '--at', '2020-01-01')).toEqual([]);

    const detectors = detectorListing.array().parse(await ask('detectors'));
    for (const { evaluable, lacks, id } of detectors) expect(evaluable, id).toBe(lacks === null);
    const running = idsOfRunning(detectors);
    expect(findings.filter(({ detector }) => !running.has(detector))).toEqual([]);
  });

  test('refuses what the commands do not take', async () => {
    const folder = workspaceFolder();
    expect((await runProgramHere(folder, ['risk', 'one', 'two'])).code).toBe(2);
    expect((await runProgramHere(folder, ['cases', '--status', 'new'])).code).toBe(2);
    expect((await runProgramHere(folder, ['detectors', 'nb'])).code).toBe(2);
  });
});

function idsOfRunning(detectors: readonly { id: string; enabled: boolean; evaluable: boolean | null }[]) {
  return new Set(
    detectors.filter(({ enabled, evaluable }) => enabled && evaluable === true).map(({ id }) => id),
  );
}
