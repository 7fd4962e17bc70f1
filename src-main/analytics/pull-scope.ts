// What a pull is asked for, what it works with, and what it answers.
import type { Mapping, MirrorLimits } from '#shared/model/connection.ts';
import type { SourceClient } from '../source/client.ts';
import type { EventPool, EventReader } from '../source/columns/event-pool.ts';
import type { DayCount, FullCount } from '../store/cache/runs.ts';

export type PullScope = {
  readonly mapping: Mapping;
  readonly sourceAccount: string | null;
  /** Nothing later than this is read; null reads all there is. */
  readonly untilMicroseconds: number | null;
  /** The server's clock: the watermark never goes beyond it, or one event dated ahead would hide all that follow. */
  readonly serverNowMicroseconds: number;
  /** The database's counters of changes, asked before the snapshot was taken; null where it shows none. */
  readonly modifications: number | null;
  /** Changes when the table was emptied or exchanged, which no counter shows. */
  readonly storage: string | null;
  /** Actions whose events are kept whole. */
  readonly keptActions: ReadonlySet<string>;
  /** The fields to mirror; null is every one that is mapped. */
  readonly fields: MirrorLimits['fields'];
  /** Days that ended before this are not read again: their events may have been removed. Null keeps all. */
  readonly keptFrom: number | null;
};

export type PullPorts = {
  readonly onProgress: (step: string, done: number, total: number | null, unit: string) => void;
  readonly signal: AbortSignal;
  readonly monotonicMs: () => number;
};

export type Pulled = {
  received: number;
  /** Those of them that only the comparison brought. */
  late: number;
  duplicates: number;
  vanished: number;
  serverCount: number;
  countsByDay: DayCount[];
  fullCount: FullCount;
  readBy: 'copy' | 'cursor';
};

/** Sessions of one snapshot. */
export type PullSessions = {
  /** For single questions, and for counting. */
  readonly counter: SourceClient;
  readonly reader: EventReader;
  /** Sessions of this thread that read; the counter is among them where there is no other. */
  readonly pool: EventPool;
  /** Whether the counter has nothing to do with reading. */
  readonly isShared: boolean;
};

/** What was read, once it is compared with what the source counts: at once, or when somebody asks. */
export type Comparison = () => Promise<Pulled>;
