// Measures how long each item has been in view, to be recorded with the decision about it.
import { useEffect, useRef } from 'react';

/** Returns a function that tells the milliseconds an item has been shown so far in this window. */
export function useDwell(shownId: string | null): (id: string) => number | null {
  const totals = useRef(new Map<string, number>());
  const current = useRef<{ id: string; since: number } | null>(null);
  useEffect(() => {
    if (shownId === null) return undefined;
    const seen = totals.current;
    current.current = { id: shownId, since: performance.now() };
    return () => {
      const { since } = current.current ?? { since: performance.now() };
      seen.set(shownId, (seen.get(shownId) ?? 0) + performance.now() - since);
      current.current = null;
    };
  }, [shownId]);
  return (id) => {
    const running = current.current?.id === id ? performance.now() - current.current.since : 0;
    const total = (totals.current.get(id) ?? 0) + running;
    return total === 0 ? null : Math.round(total);
  };
}
