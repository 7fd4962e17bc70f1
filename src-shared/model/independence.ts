// Who is whom, and which decisions need a second person before they are final.
import { z } from 'zod';
import { disposition } from './finding.ts';
import { decisionKind } from './review.ts';
import { severity } from './severity.ts';

/** The account of the operating system a program runs under; `uid` is null where accounts have no numbers. */
export const osUser = z.object({ name: z.string(), uid: z.number().int().nullable() });
export type OsUser = z.infer<typeof osUser>;

const ruleId = z
  .string()
  .trim()
  .regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'is lower-case letters, digits and hyphens');
const some = <Schema extends z.ZodType>(schema: Schema) => z.array(schema).min(1).max(200).nullable();

/** Each condition that is not null must hold; null is any. Abstaining and escalating are never final, so no rule is about them. */
export const decisionRule = z.object({
  id: ruleId,
  about: z.literal('decision'),
  severities: some(severity),
  decisions: some(decisionKind.extract(['certify', 'revoke', 'modify'])),
  actions: some(z.string().trim().min(1)),
});
export const dispositionRule = z.object({
  id: ruleId,
  about: z.literal('disposition'),
  severities: some(severity),
  dispositions: some(disposition),
});
/** About the source's own anomalies alone; a disposition rule is about them and about our findings. */
export const anomalyRule = dispositionRule.extend({ about: z.literal('anomaly') });
export const fourEyesRule = z.discriminatedUnion('about', [decisionRule, dispositionRule, anomalyRule]);
export type FourEyesRule = z.infer<typeof fourEyesRule>;

export const fourEyesRules = z
  .array(fourEyesRule)
  .max(50)
  .refine((rules) => new Set(rules.map(({ id }) => id)).size === rules.length, 'uses an id twice');

export const defaultFourEyesRules: readonly FourEyesRule[] = [
  { id: 'critical-severity', about: 'decision', severities: ['critical'], decisions: null, actions: null },
  {
    id: 'revoke-privileged-role',
    about: 'decision',
    severities: null,
    decisions: ['revoke'],
    actions: ['role_grant', 'privilege.change'],
  },
  {
    id: 'false-positive-high',
    about: 'disposition',
    severities: ['high', 'critical'],
    dispositions: ['false-positive'],
  },
  { id: 'critical-anomaly', about: 'anomaly', severities: ['critical'], dispositions: null },
];

/** The other ids under which the person with this reviewer id acts or reviews, as far as anybody stated them. */
export const aliasList = z.object({ reviewer: z.string(), aliases: z.array(z.string()) });
export type AliasList = z.infer<typeof aliasList>;

/** Where the present reviewer stands to something somebody has to judge. */
export const ownPart = z.object({
  /** It is known to be about them, under whatever id. */
  isOwnAction: z.boolean(),
  /** They may say whether they concur with the latest disposition. */
  canConcur: z.boolean(),
});
export type OwnPart = z.infer<typeof ownPart>;
