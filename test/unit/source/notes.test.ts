// The machine line in the notes: what is written is read back exactly, and nothing else is ever read as ours.
import * as fc from 'fast-check';
import { ulid } from 'ulid';
import { describe, expect, it } from 'vitest';
import { formatInstant } from '#shared/time/instant.ts';
import {
  aboveEarlierNotes,
  capNotes,
  formatNotes,
  haveRoom,
  parseNotes,
  type DecisionNotes,
} from '../../../src-main/source/notes.ts';
import { problemIn } from './problem-of.ts';

const example: DecisionNotes = {
  decision: 'certify',
  decisionId: '01KA5Y3T5V7Q2M8N4R6S9W0XZE',
  entryHash: '0123456789ab'.padEnd(64, 'c'),
  decidedAt: '2026-11-16T08:00:00.000Z',
  offsetSeconds: -3,
  reason: 'Ticket [42]\nseen\\ok',
};
const line =
  '[rv1 d=approve id=01KA5Y3T5V7Q2M8N4R6S9W0XZE h=0123456789ab at=2026-11-16T08:00:00.000Z o=-3] Ticket [42\\]\\nseen\\\\ok';

const anyNotes: fc.Arbitrary<DecisionNotes> = fc.record({
  decision: fc.constantFrom('certify', 'modify', 'revoke'),
  decisionId: fc.integer({ min: 0, max: 2 ** 47 }).map((time) => ulid(time)),
  entryHash: fc.stringMatching(/^[0-9a-f]{64}$/),
  decidedAt: fc.integer({ min: 0, max: 4e15 }).map(formatInstant),
  offsetSeconds: fc.option(fc.integer({ min: -999_999_999, max: 999_999_999 })),
  reason: fc.option(
    fc.oneof(
      fc.string({ minLength: 1, unit: 'binary' }),
      fc.string({
        minLength: 1,
        unit: fc.constantFrom('\\', ']', '[', 'n', 'r', '0', '\n', '\r', '\0', ' ', 'ä'),
      }),
    ),
  ),
});

describe('formatNotes and parseNotes', () => {
  it('writes one line', () => {
    expect(formatNotes(example)).toBe(line);
    expect(formatNotes({ ...example, decision: 'modify', offsetSeconds: null, reason: null })).toBe(
      '[rv1 d=flag id=01KA5Y3T5V7Q2M8N4R6S9W0XZE h=0123456789ab at=2026-11-16T08:00:00.000Z o=unknown]',
    );
  });

  it('reads back whatever was written', () => {
    fc.assert(
      fc.property(anyNotes, (notes) => {
        const text = formatNotes(notes);
        expect(text).not.toMatch(/[\n\r\0]/);
        expect(parseNotes(text)).toEqual({ ...notes, entryHash: notes.entryHash.slice(0, 12) });
      }),
    );
  });

  it('writes only what UTF-8 can carry', () => {
    const text = formatNotes({ ...example, reason: 'half \ud83d of a pair' });
    expect(text.isWellFormed()).toBe(true);
    expect(parseNotes(Buffer.from(text, 'utf8').toString('utf8'))?.reason).toBe('half \ufffd of a pair');
  });

  it('refuses what is not final, or could not be read back', () => {
    for (const wrong of [
      { decision: 'abstain' },
      { decision: 'escalate' },
      { decisionId: 'x' },
      { entryHash: '' },
      { decidedAt: 'yesterday' },
      { decidedAt: '2026-02-30T00:00:00.000Z' },
      { offsetSeconds: 0.5 },
    ] as const)
      expect(() => formatNotes({ ...example, ...wrong })).toThrow(TypeError);
  });

  it.each([
    ['nothing', null],
    ['a human note', 'looks fine'],
    ['leading text', ` ${line}`],
    ['a quoted mark', `see ${line}`],
    ['another version', line.replace('rv1', 'rv2')],
    ['another decision', line.replace('approve', 'certify')],
    ['a lower-case id', line.replace('01KA5', '01ka5')],
    ['an id with a letter no ULID has', line.replace('01KA5', '01KI5')],
    ['a short hash', line.replace('h=0', 'h=')],
    ['an impossible time', line.replace('T08', 'T25')],
    ['a time with a zone', line.replace('000Z', '000+01:00')],
    ['a padded offset', line.replace('o=-3', 'o=-03')],
    ['minus zero', line.replace('o=-3', 'o=-0')],
    ['swapped fields', line.replace(/(d=\S+) (id=\S+)/, '$2 $1')],
    ['two spaces', line.replace(' d=', '  d=')],
    ['no space before the reason', line.replace('] Ticket', ']Ticket')],
    ['a trailing space', `${line.slice(0, line.indexOf(']') + 1)} `],
    ['a raw bracket', line.replace('42\\]', '42]')],
    ['a raw line break', line.replace('\\n', '\n')],
    ['a second line', `${line}\n${line}`],
    ['text below without its heading', `${line}\nfine`],
    ['a heading with nothing below', `${line}\n[earlier notes]\n`],
    ['a mark below foreign text', `fine\n[earlier notes]\n${line}`],
    ['an unknown escape', line.replace('\\n', '\\x')],
    ['half an escape', `${line}\\`],
  ])('takes %s for foreign', (_, text) => {
    expect(parseNotes(text)).toBeNull();
  });

  it('a damaged mark never passes for the same decision', () => {
    const end = line.indexOf(']') + 1;
    fc.assert(
      fc.property(
        fc.nat(end - 1),
        fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 1 }),
        (at, other) => {
          fc.pre(other !== line[at]);
          const read = parseNotes(line.slice(0, at) + other + line.slice(at + 1));
          expect(read).not.toEqual(parseNotes(line));
        },
      ),
    );
  });
});

describe('earlier notes', () => {
  it('stay to the letter below our line, whatever they say, and are never taken for ours', () => {
    const forged = fc.constantFrom(
      line,
      `\n${line}`,
      `x\n[earlier notes]\n${line}`,
      '[earlier notes]',
      '\r\n',
    );
    const earlier = fc.oneof(forged, fc.string({ minLength: 1, unit: 'binary' }));
    fc.assert(
      fc.property(anyNotes, earlier, (notes, before) => {
        const own = formatNotes(notes);
        expect(parseNotes(aboveEarlierNotes(own, before))).toEqual({ ...parseNotes(own), earlier: before });
        expect(aboveEarlierNotes(own, before).endsWith(before)).toBe(true);
      }),
    );
    expect(aboveEarlierNotes(line, '')).toBe(line);
    expect(aboveEarlierNotes(line, null)).toBe(line);
  });

  it('are not shortened: our reason is, and without room for our mark there is none', () => {
    const text = aboveEarlierNotes(formatNotes({ ...example, reason: 'x'.repeat(500) }), '😀 seen');
    expect(parseNotes(capNotes(text, 300))).toMatchObject({
      earlier: '😀 seen',
      reason: expect.stringMatching(/^x+…$/),
    });
    expect(Array.from(capNotes(text, 300))).toHaveLength(300);
    const least = line.indexOf(']') + 1 + Array.from('\n[earlier notes]\n😀 seen').length;
    expect(haveRoom(text, least)).toBe(true);
    expect(parseNotes(capNotes(text, least))).toMatchObject({ reason: null, earlier: '😀 seen' });
    expect(haveRoom(text, least - 1)).toBe(false);
    expect(problemIn(() => capNotes(text, least - 1)).code).toBe('refused');
  });
});

describe('capNotes', () => {
  it('keeps the mark, shortens the reason, and stays readable', () => {
    fc.assert(
      fc.property(anyNotes, fc.integer({ min: 150, max: 400 }), (notes, maximumLength) => {
        const text = formatNotes({ ...notes, reason: (notes.reason ?? 'x').repeat(50) });
        const capped = capNotes(text, maximumLength);
        expect(Array.from(capped).length).toBeLessThanOrEqual(maximumLength);
        const { reason, ...mark } = parseNotes(capped)!;
        const { reason: whole, ...wholeMark } = parseNotes(text)!;
        expect(mark).toEqual(wholeMark);
        if (capped !== text && reason !== null) expect(whole?.startsWith(reason.slice(0, -1))).toBe(true);
        if (capped === text) expect(reason).toBe(whole);
      }),
    );
  });

  it('changes nothing that fits, counts characters rather than code units, and refuses a hopeless column', () => {
    expect(capNotes(line, null)).toBe(line);
    expect(capNotes(line, line.length)).toBe(line);
    const emoji = formatNotes({ ...example, reason: '😀'.repeat(10) });
    expect(capNotes(emoji, Array.from(emoji).length)).toBe(emoji);
    const mark = line.indexOf(']') + 1;
    expect(capNotes(line, mark)).toBe(line.slice(0, mark));
    expect(problemIn(() => capNotes(line, mark - 1)).code).toBe('refused');
  });
});
