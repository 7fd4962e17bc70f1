// What one reviewer was told in a round, and what a look at the workspace says at its end.
import type { Books } from './books.ts';
import type { Person } from './reviewer.ts';
import type {
  AcknowledgedAct,
  AcknowledgedBackup,
  AcknowledgedDecision,
  AcknowledgedExport,
  Seen,
} from './steps.ts';

export type Told = {
  readonly person: Person;
  readonly folder: string;
  /** The reviews of each attempt to decide, sorted and joined, whatever came of it. */
  readonly attempts: readonly string[];
  readonly decisions: readonly AcknowledgedDecision[];
  readonly acts: readonly AcknowledgedAct[];
  readonly exports: readonly AcknowledgedExport[];
  readonly backups: readonly AcknowledgedBackup[];
  /** True when a creation of missing reviews went through. */
  readonly hasCreated: boolean;
  /** Null when the look failed, which is a violation of its own. */
  readonly seen: Seen | null;
};

export type ToldWithBooks = Told & { readonly books: Books };

export type Violation = { readonly law: string; readonly detail: string };
export type Report = (law: string, detail: string) => void;

/** Who wrote what a row holds: a reviewer works under the second person's id as well. */
export function authorOf(told: readonly ToldWithBooks[], reviewer: string | null): ToldWithBooks | undefined {
  return told.find(({ person }) => person.id === reviewer || person.second.id === reviewer);
}
