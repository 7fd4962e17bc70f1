// Whether two names in a log mean the same person.

/** exact: letter by letter · spelling: but for case and spaces · account: the same account in a longer form. */
export type Likeness = 'exact' | 'spelling' | 'account';

/**
 * “Dana ” is dana by spelling; “CORP\dana”, “dana@example.com” and “arn:aws:iam::1:user/dana” are dana by account, unless both
 * names have a longer form and these differ (dana@example.com is not dana@example.org). Null when they are not alike.
 */
export function likenessOf(one: string, other: string): Likeness | null {
  if (one === other) return one === '' ? null : 'exact';
  const [a, b] = [fold(one), fold(other)];
  if (a === '' || b === '') return null;
  if (a === b) return 'spelling';
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return accountPart(short) === short && accountPart(long) === short ? 'account' : null;
}

function fold(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase();
}

function accountPart(name: string): string {
  const user = /^arn:[^/]*:user\/(?:.*\/)?([^/]+)$/.exec(name)?.[1] ?? name;
  const local = /^([^@\s]+)@[^@\s]+\.[^@\s]+$/.exec(user)?.[1] ?? user;
  return /^[^\\\s]+\\([^\\]+)$/.exec(local)?.[1] ?? local;
}
