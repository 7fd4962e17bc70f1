// Cuts a run of events into sessions wherever nothing happened for long enough.

/** Half-open places of one session in the list of times. */
export type Session = { readonly first: number; readonly end: number };

/**
 * An event belongs to the session of the event before it when it follows after less than the gap; one that follows after
 * exactly the gap begins another.
 * @param times ascending, in microseconds
 */
export function sessionsOf(times: ArrayLike<number>, gapMicroseconds: number): Session[] {
  const sessions: Session[] = [];
  let first = 0;
  for (let place = 1; place <= times.length; place += 1) {
    if (place < times.length && times[place]! - times[place - 1]! < gapMicroseconds) continue;
    sessions.push({ first, end: place });
    first = place;
  }
  return sessions;
}
