import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Problem } from '../../../../src-shared/model/problem.ts';
import { textAt } from '../../../../src-main/analytics/history/segment.ts';
import { readEventSet } from '../../../bench/evaluate/event-set.ts';
import { fileOf } from './files.ts';

const line = (changes: object = {}) =>
  JSON.stringify({
    id: 'a',
    created_at: '2026-11-02T09:00:00Z',
    source_account_id: 'primary',
    actor: 'dana',
    action: 'record.read',
    ...changes,
  });
const read = (...lines: string[]) => readEventSet(fileOf(lines.join('\n')));

describe('a file of events', () => {
  test('becomes a history with its columns as they are written', async () => {
    const metadata = { role: 'admin', deep: { list: [1, 'ä'] } };
    const set = await read(
      line({
        actor_type: 'user',
        ip: '08.1.2.3',
        outcome: 'failure',
        bytes: 17,
        metadata,
        actor_name: 'Dana',
      }),
    );
    const [segment] = set.history.segments;
    expect(set.events).toBe(1);
    expect([...set.history.fields].toSorted()).toEqual(['actorType', 'bytes', 'ip', 'metadata', 'outcome']);
    expect(textAt(segment!, 'ip', 0)).toBe('08.1.2.3');
    expect(textAt(segment!, 'bytes', 0)).toBe('17');
    expect(JSON.parse(textAt(segment!, 'metadata', 0)!)).toEqual(metadata);
    expect(set.history.actors[0]).toMatchObject({ sourceAccount: 'primary', actor: 'dana', name: 'Dana' });
  });

  test('names the lines it skips, and says why', async () => {
    const { events, reading } = await read(
      '\u{feff}' + line(),
      '{"id": "b"',
      '',
      '[1]',
      line({ id: 'c', created_at: 'soon' }),
      line({ id: 'd', created_at: undefined }),
      line({ id: 'e', action: null }),
      'null',
      line({ id: 'f' }),
    );
    expect(events).toBe(2);
    expect(reading).toMatchObject({ lines: 8, accepted: 2, skipped: 6 });
    expect(reading!.examples).toEqual([
      { line: 2, reason: 'not valid JSON' },
      { line: 4, reason: 'not a JSON object' },
      { line: 5, reason: 'created_at is not a time' },
      { line: 6, reason: 'no created_at' },
      { line: 7, reason: 'no action' },
      { line: 8, reason: 'not a JSON object' },
    ]);
  });

  test('shows twenty of many bad lines, and counts them all', async () => {
    const { reading } = await read(line(), ...Array.from({ length: 50 }, () => 'bad'));
    expect(reading!.skipped).toBe(50);
    expect(reading!.examples).toHaveLength(20);
  });

  test('keeps the unknown unknown', async () => {
    const { history, reading } = await read(
      line({ id: undefined, actor: null, source_account_id: undefined, ip: { a: 1 }, outcome: '' }),
      line({ id: 7, actor: 42, user_agent: null }),
    );
    expect(history.actors.map(({ actor, sourceAccount }) => `${sourceAccount}/${actor}`).toSorted()).toEqual([
      '/',
      'primary/42',
    ]);
    expect([...history.fields]).toEqual([]);
    expect([0, 1].map((index) => history.segments[0]!.idAt(index))).toEqual(['7', 'line 1']);
    expect(Object.fromEntries(reading!.remarks)).toEqual({
      'event without an id, named after its line': 1,
      'ip is neither text nor number: unknown': 1,
    });
  });

  test('counts repeats once, sorts what is out of order, and says so', async () => {
    const { events, history, notes } = await read(
      line({ id: 'b', created_at: '2026-11-03T10:00:00+01:00' }),
      line({ id: 'a' }),
      line({ id: 'b', created_at: '2026-11-03T09:00:00.000Z' }),
      line({ id: 'b', created_at: '2026-11-04T09:00:00Z' }),
    );
    expect(events).toBe(3);
    expect(history.segments.map((segment) => segment.idAt(0))).toEqual(['a', 'b', 'b']);
    expect(notes).toEqual([
      '1 repeated an event (same id and time): counted once',
      '1 events use an id again at another time: kept',
      '1 lines are older than the line before: sorted',
    ]);
  });

  test('points at one person under two spellings, and keeps them apart', async () => {
    const { history, notes } = await read(
      line({ id: '1', actor: 'Dana Reeve' }),
      line({ id: '2', actor: 'dana.reeve@example.com' }),
      line({ id: '3', actor: 'eli' }),
      line({ id: '4', actor: 'Eli', source_account_id: 'second' }),
    );
    expect(history.actors).toHaveLength(4);
    expect(notes).toEqual(['possibly one person: “Dana Reeve”, “dana.reeve@example.com”']);
  });

  test('does not read the prototype of an object for a column', async () => {
    const { history } = await read(`{"created_at":0,"action":"constructor","__proto__":{"actor":"mallory"}}`);
    expect(history.actors[0]!.actor).toBe('');
    expect(history.actions.values).toEqual(['constructor']);
  });

  test('without any event is a problem that shows the first bad line', async () => {
    await expect(read('nonsense')).rejects.toMatchObject({
      code: 'source-empty',
      next: 'Line 1: not valid JSON.',
    });
    await expect(read('')).rejects.toMatchObject({ code: 'source-empty' });
  });

  test('of any content is a set or a problem, with every line accounted for', async () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.double(),
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom('2026-11-02T09:00:00Z', '1683-01-01', 1e15, '2026-11-02 09:00:00.5+01'),
    );
    const keys = [
      'id',
      'created_at',
      'source_account_id',
      'actor',
      'action',
      'ip',
      'metadata',
      'bytes',
      'extra',
    ];
    const object = fc.dictionary(fc.constantFrom(...keys), value).map((made) => JSON.stringify(made));
    const lines = fc.array(fc.oneof({ weight: 5, arbitrary: object }, fc.string({ unit: 'grapheme' })));
    await fc.assert(
      fc.asyncProperty(lines, async (written) => {
        const content = written.map((text) => text.replaceAll(/[\r\n]/g, ' '));
        const set = await read(...content).catch((error: unknown) => error);
        if (set instanceof Error) {
          expect(set).toBeInstanceOf(Problem);
          return;
        }
        const { reading, events } = set as Awaited<ReturnType<typeof read>>;
        expect(reading!.accepted + reading!.skipped).toBe(reading!.lines);
        expect(events).toBeLessThanOrEqual(reading!.accepted);
        expect(events).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });
});
