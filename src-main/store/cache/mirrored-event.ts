// An audit event on its way into the mirror.

export type MirroredEvent = {
  readonly id: string;
  readonly createdAtMicroseconds: number;
  readonly sourceAccount: string;
  readonly actor: string;
  readonly actorName: string | null;
  readonly actorType: string | null;
  readonly action: string;
  readonly resourceType: string | null;
  readonly resourceId: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly severity: string | null;
  readonly metadata: string | null;
};
