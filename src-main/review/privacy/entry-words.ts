// The words for entries about masked names and erased people.
import type { Saying } from '#shared/model/ledger.ts';
import { because, plural, textOf, textsOf, value, words } from '../say.ts';

type Payload = Readonly<Record<string, unknown>>;

function sayLookedBehind(payload: Payload): Saying {
  const whom = textOf(payload, 'pseudonym');
  return [
    words('Looked behind '),
    ...(whom === null ? [words('every pseudonym')] : [words('the pseudonym '), value(whom)]),
    words(', until '),
    value(textOf(payload, 'until')),
    words('.'),
  ];
}

const sayings = {
  'mask-changed': (payload: Payload): Saying => [
    words(payload['isMasked'] === true ? 'Put pseudonyms in the place of names.' : 'Showed names again.'),
    ...because(payload, 'purpose', 'Purpose'),
  ],
  unmask: (payload: Payload): Saying => [
    ...(textOf(payload, 'until') === null ? [words('Looked at what is masked.')] : sayLookedBehind(payload)),
    ...because(payload, 'reason', 'Reason'),
  ],
  erasure: (payload: Payload): Saying => [
    words('Erased what was mirrored of a person, who is counted as '),
    value(textOf(payload, 'pseudonym')),
    words('.'),
    ...because(payload, 'reason', 'Reason'),
  ],
  'erasure-lifted': (payload: Payload): Saying => [
    words('Let later events of the erased '),
    value(textOf(payload, 'pseudonym')),
    words(' be mirrored by name.'),
    ...because(payload, 'reason', 'Reason'),
  ],
  'pack-redacted': (payload: Payload): Saying => [
    words('Made the redacted pack '),
    value(textOf(payload, 'name')),
    words(' for '),
    value(textOf(payload, 'profile')),
    words('.'),
  ],
  'values-revealed': (payload: Payload): Saying => [
    words(`Revealed ${plural(textsOf(payload, 'tokens').length, 'value')} of a redacted pack.`),
    ...because(payload, 'reason', 'Reason'),
  ],
};

export function sayPrivacyEntry(type: keyof typeof sayings, payload: Payload): Saying {
  return sayings[type](payload);
}
