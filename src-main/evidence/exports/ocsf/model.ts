// The two OCSF 1.7.0 classes that are exported, as strictly as they are written: nothing else may be in an event.
import { z } from 'zod';

/**
 * The release whose classes, numbers and requirements are followed: ocsf/ocsf-schema, v1.7.0 of 2025-11-14
 * (events/base_event, findings/finding, findings/detection_finding, iam/iam, iam/user_access and the objects they name).
 */
export const ocsfVersion = '1.7.0';

/** Milliseconds since 1970-01-01 UTC. */
const timestamp = z.number().int();
const text = z.string().min(1);
/** Zero means unknown, 99 means a word of our own in the attribute beside it. */
const numbered = (...known: readonly [number, ...number[]]) => z.literal([...known]);

export const ocsfUser = z
  .strictObject({ uid: text.optional(), name: text.optional(), type_id: numbered(0).optional() })
  .refine(({ uid, name }) => uid !== undefined || name !== undefined, 'A user has a uid or a name.');
export type OcsfUser = z.infer<typeof ocsfUser>;

const product = z.strictObject({ name: text, vendor_name: text, version: text });

const metadata = z.strictObject({
  version: z.literal(ocsfVersion),
  product,
  uid: text,
  log_name: text.optional(),
  tenant_uid: text.optional(),
});

const observable = z.strictObject({ name: text, type_id: numbered(2, 31), value: text });

const base = {
  severity_id: numbered(0, 2, 3, 4, 5, 6, 1, 99),
  severity: text,
  time: timestamp,
  message: text,
  metadata,
  observables: z.array(observable).min(1).optional(),
  status: text,
  status_detail: text.optional(),
  unmapped: z.record(z.string(), z.json()),
};

const evidenceArtifact = z
  .strictObject({
    actor: z.strictObject({ user: ocsfUser }).optional(),
    src_endpoint: z.strictObject({ ip: z.union([z.ipv4(), z.ipv6()]) }).optional(),
  })
  .refine((one) => Object.keys(one).length > 0, 'Evidence names an actor or an address.');

export const detectionFinding = z
  .strictObject({
    ...base,
    category_uid: z.literal(2),
    category_name: z.literal('Findings'),
    class_uid: z.literal(2004),
    class_name: z.literal('Detection Finding'),
    activity_id: numbered(1, 2, 3),
    activity_name: z.enum(['Create', 'Update', 'Close']),
    type_uid: numbered(200401, 200402, 200403),
    status_id: numbered(1, 2, 3, 99),
    is_alert: z.boolean(),
    count: z.number().int().min(1).optional(),
    start_time: timestamp.optional(),
    end_time: timestamp.optional(),
    comment: text.optional(),
    finding_info: z.strictObject({
      uid: text,
      title: text,
      desc: text.optional(),
      created_time: timestamp.optional(),
      first_seen_time: timestamp.optional(),
      last_seen_time: timestamp.optional(),
      analytic: z.strictObject({
        uid: text.optional(),
        name: text,
        version: text.optional(),
        type_id: numbered(0, 1, 3),
      }),
      related_events: z
        .array(z.strictObject({ uid: text }))
        .min(1)
        .optional(),
    }),
    evidences: z.array(evidenceArtifact).min(1).optional(),
  })
  .refine(hasOwnType, 'type_uid is the class times a hundred and the activity.');
export type DetectionFinding = z.infer<typeof detectionFinding>;

export const userAccessManagement = z
  .strictObject({
    ...base,
    category_uid: z.literal(3),
    category_name: z.literal('Identity & Access Management'),
    class_uid: z.literal(3005),
    class_name: z.literal('User Access Management'),
    activity_id: numbered(2, 99),
    activity_name: text,
    type_uid: numbered(300502, 300599),
    status_id: numbered(0),
    user: ocsfUser,
    privileges: z.array(text).min(1),
    actor: z.strictObject({ user: ocsfUser }).optional(),
  })
  .refine(hasOwnType, 'type_uid is the class times a hundred and the activity.');
export type UserAccessManagement = z.infer<typeof userAccessManagement>;

export const ocsfEvent = z.discriminatedUnion('class_uid', [detectionFinding, userAccessManagement]);
export type OcsfEvent = z.infer<typeof ocsfEvent>;

function hasOwnType(event: { class_uid: number; activity_id: number; type_uid: number }): boolean {
  return event.type_uid === event.class_uid * 100 + event.activity_id;
}
