// What is kept here, as the command line says it.
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../../src-main/shell/cli/command.ts';
import { mirrorOf } from '../../../src-main/shell/cli/mirror-options.ts';

describe('the options of connect', () => {
  test.each([
    [{}, undefined],
    [{ mirror: 'rows' }, { rows: true, fields: null, days: null }],
    [{ mirror: 'cells' }, { rows: false, fields: null, days: null }],
    [{ 'mirror-fields': 'none' }, { rows: true, fields: [], days: null }],
    [
      { 'mirror-fields': 'ip, severity', 'mirror-days': '400' },
      { rows: true, fields: ['ip', 'severity'], days: 400 },
    ],
  ])('%j', (values, expected) => {
    expect(mirrorOf(values)).toEqual(expected);
  });

  test.each([
    [{ mirror: 'some' }, /--mirror is one of: rows, cells/],
    [{ 'mirror-fields': 'ip,actor' }, /--mirror-fields is one of: .*userAgent/],
    [{ 'mirror-days': '99' }, /--mirror-days takes a whole number from 100/],
    [{ 'mirror-days': 'x' }, /--mirror-days takes a whole number/],
    [{ mirror: 'cells', 'mirror-days': '400' }, /--mirror cells copies no events/],
  ])('%j is refused in a sentence', (values, sentence) => {
    expect(() => mirrorOf(values)).toThrow(UsageError);
    expect(() => mirrorOf(values)).toThrow(sentence);
  });
});
