// Compares a text that is a number with a number of a rule.
import type { ValueTest } from './rule.ts';

const plainNumber = /^[+-]?\d{1,40}(\.\d{1,40})?(e[+-]?\d{1,3})?$/i;

/** Whether the text is a number in plain or scientific notation, and nothing else. */
export function isPlainNumber(text: string): boolean {
  return plainNumber.test(text);
}

/**
 * Returns a test for texts. Text that is no number is neither greater nor smaller than one. Equal is what is written
 * alike, and what is worth the same: whole numbers of any length exactly, others as 64-bit floating point.
 */
export function numberTest(test: Extract<ValueTest, { kind: 'number' }>): (text: string) => boolean {
  const { comparison, value, written } = test;
  const isWhole = /^\d{1,40}$/.test(written);
  return (text) => {
    if (comparison === 'eq' && text === written) return true;
    if (!isPlainNumber(text)) return false;
    const number = Number(text);
    if (comparison === 'eq')
      return isWhole && /^\d+$/.test(text) ? BigInt(text) === BigInt(written) : number === value;
    if (comparison === 'gt') return number > value;
    if (comparison === 'gte') return number >= value;
    return comparison === 'lt' ? number < value : number <= value;
  };
}
