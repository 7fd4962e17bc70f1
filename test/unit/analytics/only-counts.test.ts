// A mirror that holds only counts, as detectors see it: events in their quarter hours, without ids or fields.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { connectionProfile, mirrorLimits } from '../../../src-shared/model/connection.ts';
import { defaultDetection } from '../../../src-shared/model/detection.ts';
import { buildDetectors, builtInDetectors } from '../../../src-main/analytics/build-detectors.ts';
import { stretchesOf } from '../../../src-main/analytics/cite-cells.ts';
import { citeSpans } from '../../../src-main/analytics/detectors/cube/cite-spans.ts';
import { isEvaluable } from '../../../src-main/analytics/evaluate.ts';
import { buildHistory } from '../../../src-main/analytics/history/build-history.ts';
import { cellSegments } from '../../../src-main/analytics/history/cell-segments.ts';
import type { History } from '../../../src-main/analytics/history/history.ts';
import { lastOfWholeSlots } from '../../../src-main/analytics/pull-cells.ts';
import { mirrorIdentity } from '../../../src-main/analytics/source-identity.ts';
import { readShippedRules } from '../../../src-main/shell/shipped-rules.ts';

const hour = 3_600_000_000;
const slot = hour / 4;
const day = 20_000;

const events = fc.array(
  fc.record({
    actor: fc.constantFrom('', 'ann', 'bob'),
    action: fc.constantFrom('read', 'write'),
    at: fc.integer({ min: 0, max: 3 * 24 * hour - 1 }),
  }),
  { maxLength: 80 },
);

function historyOf(list: readonly { actor: string; action: string; at: number }[]): History {
  return buildHistory(
    list.map(({ at, ...event }, place) => ({
      ...event,
      id: `e${place}`,
      sourceAccount: 'primary',
      createdAtMicroseconds: day * 24 * hour + at,
    })),
  );
}

const counted = (history: History): History => ({
  ...history,
  segments: cellSegments(history.activity),
  fields: new Set(),
  onlyCounts: true,
});

describe('segments that stand in for events', () => {
  test('hold as many events of each series in each quarter hour as there were, in time order', () => {
    fc.assert(
      fc.property(events, (list) => {
        const history = historyOf(list);
        const stand = ({ segments }: History) =>
          segments.flatMap(({ series, microseconds, length }) =>
            Array.from(
              { length },
              (_, index) => `${Math.floor(microseconds[index]! / slot)} ${series[index]}`,
            ),
          );
        expect(stand(counted(history)).toSorted()).toEqual(stand(history).toSorted());
        for (const { microseconds, length } of counted(history).segments) {
          expect(microseconds).toHaveLength(length);
          expect([...microseconds]).toEqual([...microseconds].toSorted((a, b) => a - b));
        }
      }),
    );
  });

  test('make the same counts where a detector counts what it cites', () => {
    fc.assert(
      fc.property(
        events,
        fc.integer({ min: 0, max: 70 }),
        fc.integer({ min: 1, max: 30 }),
        (list, from, hours) => {
          const history = historyOf(list);
          const actorOf = Int32Array.from(history.series, ({ actor }) => actor);
          const spans = history.actors.map((_, group) => ({
            group,
            fromHour: day * 24 + from,
            toHour: day * 24 + from + hours,
          }));
          const summary = (of: History) =>
            citeSpans(of, actorOf, spans).map(({ events: cited, ...rest }) => ({
              ...rest,
              cited: cited.length,
            }));
          expect(summary(counted(history))).toEqual(summary(history));
        },
      ),
    );
  });

  test('spell out more days than are held at once, in any order', () => {
    const list = Array.from({ length: 12 }, (_, place) => ({
      actor: 'ann',
      action: 'read',
      at: place * 24 * hour,
    }));
    const { segments } = counted(historyOf(list));
    for (const place of [0, 11, 3, 7, 5, 0, 9, 11])
      expect(segments[place]!.microseconds[0]).toBe((day + place) * 24 * hour + slot - 1);
  });
});

describe('what can be evaluated', () => {
  const history = historyOf([{ actor: 'ann', action: 'read', at: 0 }]);
  const fieldful = { ...history, fields: new Set(['ip', 'actorType', 'outcome', 'metadata'] as const) };

  test('is what needs no more than counts', () => {
    const running = builtInDetectors().filter((detector) => isEvaluable(detector, counted(history)));
    expect(running.map(({ id }) => id).toSorted()).toEqual(
      ['dormant', 'drift', 'gap', 'nb', 'peer', 'rare_time', 'series', 'z3'].toSorted(),
    );
    expect(builtInDetectors().every((detector) => isEvaluable(detector, fieldful))).toBe(true);
  });

  test('is no rule', () => {
    const shippedRules = readShippedRules(new URL('../../../resources/rules', import.meta.url).pathname);
    const settings = { ...defaultDetection, presets: ['insider', 'service', 'security', 'rules'] as const };
    const { detectors } = buildDetectors({
      settings: { ...settings, presets: [...settings.presets] },
      shippedRules,
      locations: null,
    });
    const builtIn = new Set(builtInDetectors().map(({ id }) => id));
    const rules = detectors.filter(({ id }) => !builtIn.has(id));
    expect(rules.length).toBeGreaterThan(20);
    expect(
      rules.filter((rule) => isEvaluable(rule, { ...counted(history), fields: fieldful.fields })),
    ).toEqual([]);
  });
});

test('quarter hours become stretches, those side by side one', () => {
  const stretch = (from: number, until: number) => ({
    fromMicroseconds: from * slot,
    untilMicroseconds: until * slot,
  });
  expect(stretchesOf(new Set([5, 4, 9, 6]))).toEqual([stretch(4, 7), stretch(9, 10)]);
  expect(stretchesOf(new Set())).toEqual([]);
});

test('a quarter hour that has not ended is not read', () => {
  const end = 100 * slot;
  expect([end - 1, end, end + 1, end + slot - 2].map(lastOfWholeSlots)).toEqual([
    end - 1,
    end - 1,
    end - 1,
    end - 1,
  ]);
  expect(lastOfWholeSlots(end - 2)).toBe(end - slot - 1);
  expect(lastOfWholeSlots(-1)).toBe(-1);
});

describe('what is kept', () => {
  const mapping = { preset: 'custom', schema: 'public', table: 't', columns: {} };
  const identity = (mirror: object) =>
    mirrorIdentity('db', mapping, { sourceAccount: null, mirror: mirrorLimits.parse(mirror) });

  test('tells mirrors apart, and old ones stay what they were', () => {
    const rows = identity({ fields: null, days: null });
    expect(rows).toBe('["db","public","t",{},null]');
    expect(identity({ rows: true, fields: null, days: 400 })).toBe(rows);
    const names = [
      rows,
      identity({ rows: false, fields: null, days: null }),
      identity({ fields: [], days: null }),
    ];
    expect(new Set(names).size).toBe(3);
    expect(identity({ rows: false, fields: ['ip'], days: null })).toBe(names[1]);
  });

  test('was every event in connections from before it could be chosen', () => {
    const old = {
      host: 'h',
      port: 1,
      database: 'd',
      user: 'u',
      tls: 'off',
      caFile: null,
      sourceAccount: null,
      zone: 'UTC',
      mapping: null,
    };
    expect(connectionProfile.parse(old).mirror.rows).toBe(true);
    expect(connectionProfile.parse({ ...old, mirror: { fields: [], days: null } }).mirror).toEqual({
      rows: true,
      fields: [],
      days: null,
    });
  });
});
