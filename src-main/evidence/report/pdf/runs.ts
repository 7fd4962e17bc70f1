// The phrases of a report as runs of type.
import { assertNever } from '#shared/model/problem.ts';
import type { Inline, Phrase } from '../document-model.ts';
import type { Run } from './text-lines.ts';
import type { Face, Typesetter } from './typefaces.ts';

function faceOf(inline: Inline, face: Face): Face {
  if (typeof inline === 'string') return face;
  switch (inline.kind) {
    case 'given':
    case 'fact':
      return face;
    case 'code':
      return 'mono';
    case 'strong':
      return 'bold';
    default:
      return assertNever(inline);
  }
}

export const plainText = (phrase: Phrase): string =>
  phrase.map((inline) => (typeof inline === 'string' ? inline : inline.text)).join('');

/** @param face of what is neither code nor strong. */
export function runsOf(phrase: Phrase, face: Face, setter: Typesetter): Run[] {
  return phrase.flatMap((inline) => {
    const text = typeof inline === 'string' ? inline : inline.text;
    const own = faceOf(inline, face);
    return text === '' ? [] : [{ text: setter.printable(text, own), face: own }];
  });
}
