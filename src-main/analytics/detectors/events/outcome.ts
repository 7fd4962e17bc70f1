// Reads the outcome a source printed beside an event.

export type OutcomeVerdict = 'success' | 'failure' | 'unknown';

const failures = new Set([
  'failure',
  'failed',
  'fail',
  'error',
  'denied',
  'deny',
  'rejected',
  'refused',
  'unauthorized',
  'unauthorised',
  'forbidden',
  'false',
]);
const successes = new Set([
  'success',
  'successful',
  'succeeded',
  'ok',
  'allowed',
  'allow',
  'granted',
  'true',
]);

/** Anything else (challenge, skipped, pending, an empty text) is unknown, and stays so. */
export function outcomeVerdict(outcome: string | null): OutcomeVerdict {
  const word = outcome?.slice(0, 40).trim().toLowerCase() ?? '';
  return failures.has(word) ? 'failure' : successes.has(word) ? 'success' : 'unknown';
}
