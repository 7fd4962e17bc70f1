// Moves a selection through a list of ids.

/**
 * The id `steps` further along, stopping at the ends. With nothing selected, moving down starts at the first and
 * moving up at the last.
 */
export function movedSelection(
  order: readonly string[],
  selected: string | null,
  steps: number,
): string | null {
  if (order.length === 0) return null;
  const current = selected === null ? -1 : order.indexOf(selected);
  if (current === -1) return (steps > 0 ? order[0] : order.at(-1)) ?? null;
  const index = Math.min(order.length - 1, Math.max(0, current + steps));
  return order[index] ?? null;
}
