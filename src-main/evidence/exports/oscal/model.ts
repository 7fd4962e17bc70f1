// An OSCAL 1.2.3 assessment-results document, as strictly as it is written: nothing else may be in it.
import { z } from 'zod';

/** Release whose names and requirements are followed: usnistgov/OSCAL 1.2.3, assessment results model. */
export const oscalVersion = '1.2.3';

const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
const token = z.string().regex(/^[\p{L}_][\p{L}\p{N}.\-_]*$/u);
const line = z.string().regex(/^\S(.*\S)?$/u);
const moment = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/);
const reference = z.string().regex(/^#[0-9a-f-]{36}$/);

const property = z.strictObject({ name: token, ns: z.literal('urn:countersign:oscal'), value: line });
const props = z.array(property).min(1).optional();

const metadata = z.strictObject({
  title: line,
  'last-modified': moment,
  version: line,
  'oscal-version': z.literal(oscalVersion),
  props,
  roles: z
    .array(z.strictObject({ id: token, title: line }))
    .min(1)
    .optional(),
  parties: z
    .array(z.strictObject({ uuid, type: z.literal('person'), name: line }))
    .min(1)
    .optional(),
  'responsible-parties': z
    .array(z.strictObject({ 'role-id': token, 'party-uuids': z.array(uuid).min(1) }))
    .min(1)
    .optional(),
  remarks: line,
});

const objective = z.strictObject({
  'control-id': token,
  description: line,
  parts: z.array(z.strictObject({ id: token, name: token, title: line, prose: line })).min(1),
});

export const oscalObservation = z.strictObject({
  uuid,
  title: line,
  description: line,
  props,
  methods: z.array(z.enum(['EXAMINE', 'INTERVIEW', 'TEST', 'UNKNOWN'])).min(1),
  types: z.array(token).min(1),
  'relevant-evidence': z
    .array(z.strictObject({ href: reference, description: line }))
    .min(1)
    .optional(),
  collected: moment,
});
export type OscalObservation = z.infer<typeof oscalObservation>;

export const oscalFinding = z.strictObject({
  uuid,
  title: line,
  description: line,
  target: z.strictObject({
    type: z.literal('objective-id'),
    'target-id': token,
    status: z.strictObject({
      state: z.enum(['satisfied', 'not-satisfied']),
      reason: z.enum(['pass', 'fail', 'other']),
      remarks: line,
    }),
  }),
  'related-observations': z.array(z.strictObject({ 'observation-uuid': uuid })).min(1),
});
export type OscalFinding = z.infer<typeof oscalFinding>;

const result = z.strictObject({
  uuid,
  title: line,
  description: line,
  start: moment,
  end: moment.optional(),
  'reviewed-controls': z.strictObject({
    'control-selections': z
      .array(z.strictObject({ 'include-controls': z.array(z.strictObject({ 'control-id': token })).min(1) }))
      .min(1),
    'control-objective-selections': z
      .array(
        z.strictObject({ 'include-objectives': z.array(z.strictObject({ 'objective-id': token })).min(1) }),
      )
      .min(1),
  }),
  observations: z.array(oscalObservation).min(1),
  findings: z.array(oscalFinding).min(1),
});

export const oscalDocument = z.strictObject({
  'assessment-results': z.strictObject({
    uuid,
    metadata,
    'import-ap': z.strictObject({ href: reference, remarks: line }),
    'local-definitions': z.strictObject({ 'objectives-and-methods': z.array(objective).min(1) }),
    results: z.array(result).length(1),
    'back-matter': z.strictObject({
      resources: z.array(z.strictObject({ uuid, title: line, description: line, props })).min(1),
    }),
  }),
});
export type OscalDocument = z.infer<typeof oscalDocument>;
