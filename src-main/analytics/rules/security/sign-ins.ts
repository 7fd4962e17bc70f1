// Which events are sign-ins, and from where.
import { Dictionary } from '../../history/dictionary.ts';
import type { History } from '../../history/history.ts';
import type { ColumnReader, Inclusion, Occurrences } from '../occurrences.ts';
import { outcomesOf } from '../outcome.ts';
import { readName, seriesColumns } from '../reading.ts';
import { byText, type Grouping } from '../subjects.ts';
import type { Segment } from '../../history/segment.ts';

export interface SignIns {
  readonly failed: Inclusion;
  readonly all: Inclusion;
  /** 1 for an event that failed. */
  readonly failure: ColumnReader;
}

export function signInsOf(history: History): SignIns {
  const outcomes = outcomesOf(history);
  return {
    all: (segment) => outcomes.signInIn(segment),
    failed: (segment) => {
      const isSignIn = outcomes.signInIn(segment);
      const isFailed = outcomes.failedIn(segment);
      return (index) => isSignIn(index) && isFailed(index);
    },
    failure: (segment) => {
      const isFailed = outcomes.failedIn(segment);
      return (index) => Number(isFailed(index));
    },
  };
}

export interface Addresses {
  readonly names: Dictionary;
  readonly grouping: Grouping;
  column(occurrences: Occurrences): Float64Array;
}

/** Addresses as the source printed them; an empty one is unknown. */
export function addressesOf(history: History): Addresses {
  const names = new Dictionary();
  const read = (segment: Segment) => readName(segment, 'ip', names);
  return { names, grouping: byText(history, 'ip', names, read), column: (events) => events.column(read) };
}

/** Actor number of each event; NaN for the unattributed, who are not one more person. */
export function actorIn(history: History): ColumnReader {
  const { actors } = seriesColumns(history);
  return ({ series }) =>
    (index) => {
      const actor = actors[series[index]!]!;
      return history.actors[actor]!.actor === '' ? Number.NaN : actor;
    };
}
