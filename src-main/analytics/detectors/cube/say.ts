// Numbers and lists as explanations print them.

/** Whole numbers as they are; others with three significant digits. */
export function digits(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 1000) return String(Math.round(value));
  return String(Number(value.toPrecision(3)));
}

/** “1 event”, “14 events”. */
export function counted(count: number, noun: string): string {
  return `${digits(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** One in how many, to two significant digits; null where that number would say nothing to anybody. */
export function oneIn(surprise: number): number | null {
  return surprise > 9 ? null : Number((10 ** surprise).toPrecision(2));
}

/** “about 1 in 25000 days”. */
export function rarity(surprise: number, noun: string): string {
  const number = oneIn(surprise);
  return number === null ? `less than once in a thousand million ${noun}` : `about 1 in ${number} ${noun}`;
}

/** The most frequent actions with their counts: “9 × role_grant, 2 × auth.login and others”. */
export function listed(actions: readonly { readonly action: string; readonly count: number }[]): string {
  const shown = actions.slice(0, 3).map(({ action, count }) => `${count} × ${action}`);
  return shown.join(', ') + (actions.length > shown.length ? ' and others' : '');
}
