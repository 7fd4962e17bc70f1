import { describe, expect, test } from 'vitest';
import { incidentOf, isQuietLabel, readIncidents, readLabels } from '../../../bench/evaluate/incidents.ts';
import { fileOf } from './files.ts';

const whole = {
  set: 'a set',
  incident: 'night',
  kind: 'after_hours',
  expect: 'alert',
  benign: false,
  not_kinds: ['brute_force'],
  actor: ['dana', 'eli', ''],
  ip: '',
  from: '2026-11-02T01:00:00Z',
  to: '2026-11-02T02:00:00Z',
  events: 2,
  event_ids: ['a', 7],
  note: 'left alone',
};

describe('an incident', () => {
  test('is read as it is written', () => {
    expect(incidentOf(whole, 1)).toEqual({
      value: {
        incident: 'night',
        kind: 'after_hours',
        expect: 'alert',
        benign: false,
        notKinds: ['brute_force'],
        actors: ['dana', 'eli'],
        addresses: [],
        fromMicroseconds: Date.parse(whole.from) * 1000,
        toMicroseconds: Date.parse(whole.to) * 1000,
        eventIds: ['a', '7'],
      },
    });
  });

  test('needs little: without a name its line names it, without an end it ends where it begins', () => {
    const { from } = whole;
    expect(incidentOf({ from, actor: 'dana', ip: '10.0.0.1' }, 9)).toMatchObject({
      value: {
        incident: 'line 9',
        kind: 'unknown',
        expect: 'alert',
        actors: ['dana'],
        addresses: ['10.0.0.1'],
        toMicroseconds: Date.parse(from) * 1000,
      },
    });
    expect(incidentOf({ from, benign: true }, 9)).toMatchObject({ value: { expect: 'quiet' } });
  });

  test.each([
    [{ ...whole, from: 'then' }, 'from or to is not a time'],
    [{ ...whole, to: '2026-11-01T00:00:00Z' }, 'it ends before it begins'],
    [{ ...whole, expect: 'maybe' }, 'expect is not alert, review or quiet'],
  ])('that makes no sense is refused', (object, reason) => {
    expect(incidentOf(object, 1)).toEqual({ reason });
  });

  test('is skipped with its line when it is bad, and the others are kept', async () => {
    const file = fileOf(`${JSON.stringify(whole)}\r\n{}\r\n`);
    const { incidents, reading } = await readIncidents(file);
    expect(incidents).toHaveLength(1);
    expect(reading.examples).toEqual([{ line: 2, reason: 'from or to is not a time' }]);
  });
});

test('labels are an id and a word, and only some of these ask for silence', async () => {
  const file = fileOf('{"id":"a","label":"quiet"}\n{"id":1,"label":"alert:high"}\n{"id":"b"}\n');
  const { labels, reading } = await readLabels(file);
  expect(labels).toEqual([
    { id: 'a', label: 'quiet' },
    { id: '1', label: 'alert:high' },
  ]);
  expect(reading.skipped).toBe(1);
  expect(['quiet', 'Benign', 'alert:high', 'privileged', 'brute_force'].map(isQuietLabel)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
