import { describe, expect, test } from 'vitest';
import { readArguments } from '../../../bench/evaluate/arguments.ts';

describe('the words after the command', () => {
  test('name files, or the sample', () => {
    expect(readArguments(['e', 'i', '--labels', 'l', '--zone', 'Europe/Berlin', '--json'])).toEqual({
      events: 'e',
      incidents: 'i',
      labels: 'l',
      seed: 1,
      zone: 'Europe/Berlin',
      presets: false,
      locations: null,
      json: true,
    });
    expect(readArguments(['--sample', '--seed', '7', '--presets', '--locations', 'l.csv'])).toMatchObject({
      events: null,
      seed: 7,
      zone: 'UTC',
      presets: true,
      locations: 'l.csv',
    });
    expect(readArguments(['e'])).toMatchObject({ events: 'e', incidents: null, labels: null });
  });

  test.each([
    [[]],
    [['a', 'b', 'c']],
    [['--sample', 'a']],
    [['--sample', '--labels', 'l']],
    [['e', '--zone', 'Middle/Earth']],
    [['--sample', '--seed', 'x']],
    [['e', '--locations', 'l.csv']],
    [['e', '--what']],
  ])('%j make no sense', (words) => {
    expect(() => readArguments(words)).toThrow(expect.objectContaining({ code: 'invalid-input' }));
  });
});
