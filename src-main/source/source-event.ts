// An audit event inside the program: the shared shape, with its time as integer microseconds.
import type { AuditEvent } from '#shared/model/audit-event.ts';
import { formatInstant } from '#shared/time/instant.ts';

export interface SourceEvent extends Omit<AuditEvent, 'createdAt'> {
  /** Microseconds since 1970-01-01T00:00Z, always a safe integer. */
  createdAtMicroseconds: number;
}

/** The shape that crosses the doors. */
export function toAuditEvent(event: SourceEvent): AuditEvent {
  const { createdAtMicroseconds, ...rest } = event;
  return { ...rest, createdAt: formatInstant(createdAtMicroseconds) };
}
