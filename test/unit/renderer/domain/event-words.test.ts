// Values of the database must stay apart from our own words, whatever they contain.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventSentence, markEvery, quoted } from '../../../../src-renderer/domain/event-words.ts';

const event = {
  id: '1',
  createdAt: '2026-11-16T12:00:00.000Z',
  sourceAccount: 'primary',
  actor: 'u-17',
  actorName: 'Dana Fox',
  actorType: 'user',
  action: 'role_grant',
  resourceType: 'role',
  resourceId: 'admin',
  ip: '10.0.0.3',
  userAgent: null,
  severity: null,
  metadata: null,
};

const text = (of: Partial<typeof event>) =>
  eventSentence({ ...event, ...of })
    .map((part) => part.text)
    .join('');

describe('eventSentence', () => {
  it('says who did what to what from where', () => {
    expect(text({})).toBe('Dana Fox, user u-17, performed role_grant on role admin from 10.0.0.3.');
  });

  it('never names an unattributed actor, not even when a name is recorded', () => {
    expect(text({ actor: '' })).toBe(
      'An unattributed actor performed role_grant on role admin from 10.0.0.3.',
    );
  });

  it('leaves unknown parts out', () => {
    const bare = { actorName: null, actorType: null, resourceType: null, resourceId: '', ip: null };
    expect(
      eventSentence({ ...event, ...bare })
        .map((part) => part.text)
        .join(''),
    ).toBe('u-17 performed role_grant.');
  });

  it('puts every value into a part of its own and none into our words', () => {
    const value = fc.string({ minLength: 1 });
    fc.assert(
      fc.property(value, value, value, (actor, action, resourceId) => {
        const parts = eventSentence({ ...event, actor, action, resourceId });
        const values = parts.filter((part) => part.isValue).map((part) => part.text);
        expect(values).toEqual(['Dana Fox', 'user', actor, action, 'role', resourceId, '10.0.0.3']);
        const words = parts.filter((part) => !part.isValue).map((part) => part.text);
        expect(words.join('')).toMatch(/^[a-z ,.]*$/i);
      }),
    );
  });
});

describe('quoted', () => {
  it('isolates direction and cannot be closed from inside', () => {
    expect(quoted('a\u2069b')).toBe('“\u2068a⟨U+2069⟩b\u2069”');
  });
});

describe('markEvery', () => {
  const told = (sentence: string, values: readonly string[]) =>
    markEvery(sentence, values).map(({ text, isValue }) => (isValue ? `[${text}]` : text));

  it('tells the values of a sentence apart from its words', () => {
    expect(told('role_grant 9 times by Dana Fox, on Monday.', ['role_grant', 'Dana Fox'])).toEqual([
      '[role_grant]',
      ' 9 times by ',
      '[Dana Fox]',
      ', on Monday.',
    ]);
  });

  it('marks a value wherever it stands by itself, and never within a word', () => {
    expect(told('u-1 was u-1, not u-12 or menu-1.', ['u-1'])).toEqual([
      '[u-1]',
      ' was ',
      '[u-1]',
      ', not u-12 or menu-1.',
    ]);
  });

  it('takes the longest value where several begin', () => {
    expect(told('role_grant.all', ['role_grant', 'role_grant.all'])).toEqual(['[role_grant.all]']);
  });

  it('says what people call a value, beside the value itself', () => {
    const [part] = markEvery('u-1 acted.', ['u-1'], new Map([['u-1', 'Dana Fox']]));
    expect(part).toEqual({ text: 'u-1', isValue: true, name: 'Dana Fox' });
  });

  it('leaves out what the sentence does not hold', () => {
    expect(told('Nothing of the kind.', ['', 'role_grant'])).toEqual(['Nothing of the kind.']);
  });

  it('never changes the sentence', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (sentence, values) => {
        expect(
          markEvery(sentence, values)
            .map(({ text }) => text)
            .join(''),
        ).toBe(sentence);
      }),
    );
  });
});
