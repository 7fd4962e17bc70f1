// Controls as lines of text: what is written is read again, and what is no control is named.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { controlsText, readControls } from '../../../../src-renderer/screens/evidence/controls-draft.ts';

const part = fc
  .string({ minLength: 1, maxLength: 40 })
  .map((text) => text.replaceAll(/[|\n\r]/g, '-').trim())
  .filter((text) => text !== '');

test('what is written is read again', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ framework: part, control: part, title: part }), { minLength: 1, maxLength: 9 }),
      (controls) => {
        expect(readControls(controlsText(controls))).toEqual({ controls });
      },
    ),
    { numRuns: 60 },
  );
});

test('empty lines do not count, and a title may hold the separator', () => {
  expect(readControls('\n A |B| c | d \n\n')).toEqual({
    controls: [{ framework: 'A', control: 'B', title: 'c | d' }],
  });
});

test.each([
  ['A | B | c\nA | B', /^Line 2/],
  ['', /Between 1 and 200/],
  [`A | B | ${'x'.repeat(501)}`, /at most 500/],
])('%j is no list of controls', (text, fault) => {
  expect(readControls(text)).toEqual({ fault: expect.stringMatching(fault) });
});
