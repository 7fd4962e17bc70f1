// What a refresh is asked for, and what it works with.
import type { ConnectionProfile } from '#shared/model/connection.ts';
import type { OwnDecision } from '../source/own-decision.ts';
import type { SchemaFingerprint } from '../source/schema-shape.ts';
import type { ErasedPeople } from '../store/erasure/erased-people.ts';
import type { DetectorRequest } from './build-detectors.ts';
import { lastOfWholeSlots } from './pull-cells.ts';
import type { PullPorts } from './pull-scope.ts';
import type { SessionPorts } from './source-sessions.ts';

export type RefreshRequest = {
  readonly profile: ConnectionProfile;
  readonly password: string;
  /** Evaluate as if this were now; null takes the server's clock. */
  readonly asOfMicroseconds: number | null;
  /** What is reviewed where the source keeps no queue of its own. */
  readonly privilegedActions: readonly string[];
  readonly detection: DetectorRequest;
  /** Decisions that left this computer, by which its own are told from others' in the queue. */
  readonly ownDecisions?: readonly OwnDecision[];
  /** The tables as they were when the workspace was connected; absent when that was before fingerprints were taken. */
  readonly fingerprint?: SchemaFingerprint;
  /** Of the database this workspace was connected to; what answers must be that one. Absent when none was noted. */
  readonly identity?: string;
  /** Whom not to mirror by name; absent while nobody was erased. */
  readonly erased?: ErasedPeople;
};

export type RefreshPorts = PullPorts &
  SessionPorts & {
    readonly nowMicroseconds: () => number;
  };

/** Up to when events are read; where they are only counted, quarter hours that had not ended by then are left out. */
export function readUntil({ profile, asOfMicroseconds }: RefreshRequest): number | null {
  if (asOfMicroseconds === null || profile.mirror.rows) return asOfMicroseconds;
  return lastOfWholeSlots(asOfMicroseconds);
}
