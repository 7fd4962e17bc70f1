// The exceptions of a pack, and how many findings they hide together.
import type { ExceptionLine } from '../parts/exceptions-part.ts';
import { firstOf, type Listed } from './collect-first.ts';

export type ExceptionRows = Listed<ExceptionLine> & {
  /** Findings that all of them hide, those not listed included. */
  readonly hidden: number;
};

export function collectExceptionRows(limit: number) {
  const lines = firstOf<ExceptionLine>(limit);
  let hidden = 0;
  return {
    add: (line: ExceptionLine): void => {
      lines.add(line);
      hidden += line.hidden;
    },
    rows: (): ExceptionRows => ({ ...lines.listed(), hidden }),
  };
}
