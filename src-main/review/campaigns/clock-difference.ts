// How far the clocks of two computers may be apart: asked when a file is taken in, and by whoever verifies a pack.

/** What is by another clock may be so much earlier or later than it says. */
export const toleratedClockMicroseconds = 10 * 60 * 1_000_000;
