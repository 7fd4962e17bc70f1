// Recognises a name that is written in more than one way.

/** A name without what people vary: case, width, spaces around and doubled. Used to compare with what an incident says. */
export function comparable(name: string): string {
  return name.normalize('NFKC').trim().replaceAll(/\s+/gu, ' ').toLowerCase();
}

/** What may be one person: the same letters and digits, of an address those before the @. */
function skeleton(name: string): string {
  const local = comparable(name).replace(/@.*$/u, '');
  return local.normalize('NFD').replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** Groups of two or more spellings within an account that may mean one person, in the order of their names. */
export function spellingsOf(
  actors: readonly { readonly sourceAccount: string; readonly actor: string }[],
): string[][] {
  const named = actors.filter(({ actor }) => skeleton(actor).length >= 3);
  const groups = Map.groupBy(named, ({ sourceAccount, actor }) =>
    JSON.stringify([sourceAccount, skeleton(actor)]),
  );
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .map((group) => group.map(({ actor }) => actor).toSorted())
    .toSorted((one, other) => (one[0]! < other[0]! ? -1 : 1));
}
