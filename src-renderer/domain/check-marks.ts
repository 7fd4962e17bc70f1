// How a check came out, as it is marked: a check that was never reached has not failed.
import type { Verification } from '#shared/model/evidence.ts';

type Check = Verification['checks'][number];

export type CheckMark = 'passed' | 'failed' | 'unreached' | 'open';

export const checkMarkWords: Readonly<Record<CheckMark, string>> = {
  passed: 'passed',
  failed: 'failed',
  unreached: 'not reached',
  open: 'not checked here',
};

/** How a check says that one before it left it nothing to look at. */
const unreached = /^Not checked, because “[a-z-]+” failed\.$/;

/** @param notChecked names of checks that only another verifier can make */
export function checkMarkOf({ name, ok, detail }: Check, notChecked: readonly string[] = []): CheckMark {
  if (!ok) return unreached.test(detail) ? 'unreached' : 'failed';
  return notChecked.includes(name) ? 'open' : 'passed';
}
