// Where a list would be cut if it were sorted, without sorting it.

/**
 * The k-th largest of some numbers (Hoare's selection), in time proportional to how many there are.
 * @param k from 1 to `values.length`.
 */
export function kthLargest(values: Float64Array, k: number): number {
  const rest = values.slice();
  const wanted = rest.length - k;
  let low = 0;
  let high = rest.length - 1;
  while (low < high) {
    const { before, after } = partition(rest, low, high);
    if (wanted <= before) high = before;
    else if (wanted >= after) low = after;
    else break;
  }
  return rest[wanted]!;
}

/** Smaller ones up to `before`, larger ones from `after` on; what lies between is equal to the pivot. */
function partition(values: Float64Array, low: number, high: number): { before: number; after: number } {
  // The middle of three: lists that are in order already are not the worst case.
  const pivot = middleOf(values[low]!, values[(low + high) >>> 1]!, values[high]!);
  let left = low;
  let right = high;
  while (left <= right) {
    while (values[left]! < pivot) left += 1;
    while (values[right]! > pivot) right -= 1;
    if (left > right) break;
    const value = values[left]!;
    values[left] = values[right]!;
    values[right] = value;
    left += 1;
    right -= 1;
  }
  return { before: right, after: left };
}

function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
