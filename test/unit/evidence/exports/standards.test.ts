// Exports in published formats: what is written fits the schemas, both of them, and whatever is broken fits neither.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { serverAnomaly, type ServerAnomaly } from '#shared/model/anomaly.ts';
import { finding as findingModel, type Finding } from '#shared/model/finding.ts';
import { review as reviewModel, type Review } from '#shared/model/review.ts';
import type { OcsfOrigin } from '../../../../src-main/evidence/exports/ocsf/common.ts';
import { anomalyEvent, findingEvent } from '../../../../src-main/evidence/exports/ocsf/detection-finding.ts';
import { ocsfEvent } from '../../../../src-main/evidence/exports/ocsf/model.ts';
import { reviewEvent } from '../../../../src-main/evidence/exports/ocsf/user-access.ts';
import { assessmentResults } from '../../../../src-main/evidence/exports/oscal/assessment-results.ts';
import type { OscalInput } from '../../../../src-main/evidence/exports/oscal/assessment-results.ts';
import { oscalDocument } from '../../../../src-main/evidence/exports/oscal/model.ts';
import { objectivesOf } from '../../../../src-main/evidence/exports/oscal/objectives.ts';
import { nameUuid } from '../../../../src-main/evidence/exports/oscal/uuid.ts';
import { defaultControls } from '../../../../src-main/evidence/report/controls.ts';

const schemas = join(import.meta.dirname, '../../../../resources/schemas');

function schemaNamed(name: string) {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  const text = readFileSync(join(schemas, name), 'utf8');
  return ajv.compile(JSON.parse(text) as object);
}
const ocsfSchema = schemaNamed('ocsf-export-1.7.0.schema.json');
const oscalSchema = schemaNamed('oscal-assessment-results-1.2.3.schema.json');

/** What OCSF 1.7.0 requires of the classes, and what is required here beyond that. */
function requiredOf(name: string): string[] {
  const text = readFileSync(join(schemas, 'ocsf-export-1.7.0.schema.json'), 'utf8');
  const read = JSON.parse(text) as { $defs: Record<string, { required: string[] }> };
  const base = ['activity_id', 'category_uid', 'class_uid', 'metadata', 'severity_id', 'time', 'type_uid'];
  const own = name === 'detection_finding' ? ['finding_info'] : ['privileges', 'user'];
  expect(read.$defs[name]?.required).toEqual(expect.arrayContaining([...base, ...own]));
  return read.$defs[name]!.required;
}

const fitsOcsf = (event: unknown) => [ocsfSchema(event), ocsfEvent.safeParse(event).success];
const fitsOscal = (made: unknown) => [oscalSchema(made), oscalDocument.safeParse(made).success];
const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const origin: OcsfOrigin = {
  toolVersion: '0.1.0',
  logName: 'np_auditlog_events',
  exportedAtMs: 1_780_000_000_000,
  detector: (id) => (id === 'rule' ? { title: 'A rule', isRule: true } : null),
};

const at = '2026-03-02T09:00:00.000000Z';
const later = '2026-03-02T10:30:00.250Z';
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('', ' ', 'a\nb', '{{ x }}', '*b* [l](x) <i>&', '\u2028', 'dana@example.org', '10.0.0.1'),
);
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });
const moment = fc.constantFrom(at, later);

const findings: fc.Arbitrary<Finding> = fc
  .record({
    id: fc.string({ minLength: 1 }),
    version: fc.nat(9),
    detector: fc.constantFrom('z3', 'nb', 'rule', 'other'),
    methodVersion: fc.constant('1'),
    sourceAccount: text,
    actor: text,
    actorName: maybe(text),
    entity: fc.record({
      kind: fc.constantFrom('actor' as const, 'ip' as const, 'route' as const),
      value: text,
    }),
    action: text,
    count: fc.nat(50),
    score: fc.double({ noNaN: true, noDefaultInfinity: true }),
    severity: fc.constantFrom('low' as const, 'medium' as const, 'high' as const, 'critical' as const),
    explanation: text,
    eventIds: fc.array(fc.string({ minLength: 1 }), { maxLength: 3 }),
    disposition: maybe(
      fc.constantFrom('acknowledged' as const, 'false-positive' as const, 'escalated' as const),
    ),
    dispositionNote: maybe(text),
    suppressedBy: maybe(fc.constant('exception-1')),
  })
  .map((given) =>
    findingModel.parse({
      ...given,
      start: at,
      end: later,
      threshold: 3,
      explanationParts: {
        what: given.explanation,
        expected: null,
        unusual: given.explanation,
        comparedWith: null,
        alsoSeen: null,
        confidence: null,
        method: 'm',
        wouldChange: null,
      },
      evidence: { mean: 1.5, list: [1, null] },
      foundAt: at,
      disposedAt: given.disposition === null ? null : later,
      disposedBy: given.disposition === null ? null : 'rita',
      blindCheck: false,
    }),
  );

const anomalies: fc.Arbitrary<ServerAnomaly> = fc
  .record({
    id: fc.string({ minLength: 1 }),
    tenant: maybe(text),
    user: maybe(text),
    anomalyType: maybe(text),
    severity: maybe(
      fc.oneof(text, fc.constantFrom('High', 'moderate', 'FATAL', 'sev-1', '__proto__', 'constructor')),
    ),
    score: maybe(fc.constant('7.25')),
    detectedAt: maybe(moment),
    status: fc.constantFrom('open' as const, 'reviewed' as const, 'gone' as const, 'published' as const),
    disposition: maybe(fc.constantFrom('acknowledged' as const, 'escalated' as const)),
    note: maybe(text),
  })
  .map((given) =>
    serverAnomaly.parse({
      ...given,
      detectedText: given.detectedAt,
      scoreScale: 'risk_score',
      server: null,
      disposedAt: given.disposition === null ? null : later,
      disposedBy: null,
      dispositionId: null,
      sync: null,
      syncDetail: null,
      conflict: false,
      changed: [],
      changedAt: null,
      vanishedAt: null,
      returnedAt: null,
      publishedFinding: null,
      digest: 'd',
    }),
  );

const reviews: fc.Arbitrary<Review> = fc
  .record({
    id: fc.string({ minLength: 1 }),
    tenant: maybe(text),
    action: text,
    actor: maybe(text),
    actorName: maybe(text),
    createdAt: maybe(moment),
    severity: maybe(text),
    status: fc.constantFrom('pending' as const, 'decided' as const, 'reviewed' as const, 'gone' as const),
    decision: maybe(
      fc.constantFrom(
        'certify' as const,
        'revoke' as const,
        'modify' as const,
        'abstain' as const,
        'escalate' as const,
      ),
    ),
  })
  .map((given) =>
    reviewModel.parse({
      ...given,
      origin: 'database',
      auditLogId: null,
      dueAt: later,
      overdue: false,
      decisionId: null,
      sync: null,
      conflict: false,
      server: null,
      digest: 'd',
    }),
  );

const decided = {
  id: '01J',
  reviewer: 'rita',
  reviewerName: 'Rita',
  decidedAt: later,
  reason: 'left the team',
  hash: 'h',
  batch: null,
};

/** Every way to leave out a part, to add one, or to put another kind of value in its place. */
function broken(value: unknown): unknown[] {
  if (Array.isArray(value))
    return value.flatMap((item, index) => broken(item).map((worse) => value.with(index, worse)));
  if (typeof value !== 'object' || value === null) return [['not this']];
  const entries = Object.entries(value);
  return [
    { ...value, surplus: 1 },
    ...entries.flatMap(([name, part]) =>
      name === 'unmapped' ? [] : broken(part).map((worse) => ({ ...value, [name]: worse })),
    ),
  ];
}

describe('OCSF events', () => {
  it('fit both schemas whatever the workspace holds', () => {
    fc.assert(
      fc.property(findings, anomalies, reviews, (finding, anomaly, review) => {
        for (const event of [
          findingEvent(finding, origin),
          anomalyEvent(anomaly, origin),
          reviewEvent(review, null, origin),
          reviewEvent(review, decided, origin),
        ])
          expect(fitsOcsf(throughJson(event)), JSON.stringify(event)).toEqual([true, true]);
      }),
      { numRuns: 150 },
    );
  });

  it('fit neither once anything in them is broken', () => {
    const [finding] = fc.sample(
      findings.filter(({ actor, eventIds }) => actor !== '' && eventIds.length > 0),
      {
        numRuns: 1,
        seed: 5,
      },
    );
    const [review] = fc.sample(reviews, { numRuns: 1, seed: 5 });
    const events = [
      findingEvent(finding!, origin),
      reviewEvent({ ...review!, actor: 'dana', decision: 'revoke' }, decided, origin),
    ];
    for (const event of events.map(throughJson)) {
      const worse = broken(event);
      expect(worse.length).toBeGreaterThan(30);
      for (const one of worse) expect(fitsOcsf(one), JSON.stringify(one)).toEqual([false, false]);
    }
    const wrongType = { ...(throughJson(events[0]) as object), type_uid: 200403, activity_id: 1 };
    expect(fitsOcsf(wrongType)).toEqual([false, false]);
    const required = {
      detection_finding: events[0],
      user_access_management: events[1],
    } as const;
    for (const [name, event] of Object.entries(required))
      for (const attribute of requiredOf(name)) {
        const left = Object.entries(throughJson(event) as object).filter(([one]) => one !== attribute);
        expect(fitsOcsf(Object.fromEntries(left)), `${name} without ${attribute}`).toEqual([false, false]);
      }
    expect(fitsOcsf({ ...(throughJson(events[1]) as object), user: {} })).toEqual([false, false]);
  });

  it('say what became of a finding, when, and how severe it is', () => {
    const [finding] = fc.sample(findings, { numRuns: 1, seed: 7 });
    const open = {
      ...finding!,
      disposition: null,
      disposedAt: null,
      suppressedBy: null,
      proposal: undefined,
    };
    expect(findingEvent({ ...open, severity: 'critical' }, origin)).toMatchObject({
      type_uid: 200401,
      status_id: 1,
      severity_id: 5,
      time: Date.parse('2026-03-02T09:00:00Z'),
      is_alert: true,
    });
    expect(findingEvent({ ...open, disposition: 'false-positive', disposedAt: later }, origin)).toMatchObject(
      { type_uid: 200403, status_id: 3, time: Date.parse(later) },
    );
    expect(findingEvent({ ...open, disposition: 'escalated', disposedAt: later }, origin)).toMatchObject({
      type_uid: 200402,
      status_id: 2,
    });
    expect(findingEvent({ ...open, suppressedBy: 'exception-1' }, origin)).toMatchObject({ status_id: 3 });
  });

  it('give only a revocation the activity of one, and never claim that access was changed', () => {
    const [review] = fc.sample(reviews, { numRuns: 1, seed: 7 });
    const typeOf = (decision: Review['decision']) =>
      reviewEvent({ ...review!, decision }, decided, origin).type_uid;
    expect(typeOf('revoke')).toBe(300502);
    for (const decision of ['certify', 'modify', 'abstain', 'escalate', null] as const)
      expect(typeOf(decision)).toBe(300599);
    expect(reviewEvent({ ...review!, decision: 'revoke' }, decided, origin)).toMatchObject({
      status_id: 0,
      unmapped: { decision: 'revoke', reason: 'left the team' },
    });
  });
});

const input = (over: Partial<OscalInput> = {}): OscalInput => ({
  workspace: 'a'.repeat(64),
  headHash: 'b'.repeat(64),
  toolVersion: '0.1.0',
  exportedAt: later,
  exportedBy: { id: 'rita', name: 'Rita' },
  from: at,
  asOf: later,
  controls: defaultControls,
  findings: [],
  anomalies: [],
  reviews: [],
  ...over,
});

describe('OSCAL assessment results', () => {
  it('fit both schemas whatever the workspace holds, and are the same for the same', () => {
    const lists = fc.record({
      findings: fc.array(findings, { maxLength: 3 }),
      anomalies: fc.array(anomalies, { maxLength: 3 }),
      reviews: fc.array(reviews, { maxLength: 3 }),
      asOf: maybe(fc.constant(later)),
      exportedBy: maybe(fc.record({ id: text, name: text })),
    });
    fc.assert(
      fc.property(lists, (given) => {
        const made = throughJson(assessmentResults(input(given)));
        expect(fitsOscal(made), JSON.stringify(oscalSchema.errors)).toEqual([true, true]);
        expect(throughJson(assessmentResults(input(given)))).toEqual(made);
      }),
      { numRuns: 60 },
    );
  });

  it('fit neither once anything in them is broken', () => {
    const [finding] = fc.sample(findings, { numRuns: 1, seed: 3 });
    const made = throughJson(
      assessmentResults(input({ findings: [finding!], controls: defaultControls.slice(0, 1) })),
    );
    const worse = broken(made);
    expect(worse.length).toBeGreaterThan(100);
    for (const one of worse) expect(fitsOscal(one), JSON.stringify(one)).toEqual([false, false]);
  });

  it('call an objective satisfied only when nothing it depends on is open', () => {
    const [finding] = fc.sample(findings, { numRuns: 1, seed: 9 });
    const [review] = fc.sample(reviews, { numRuns: 1, seed: 9 });
    const open = { ...finding!, disposition: null, suppressedBy: null };
    const decidedReview: Review = { ...review!, status: 'decided', decision: 'certify' };
    const stateOf = (over: Partial<OscalInput>) => {
      const [result] = assessmentResults(input(over))['assessment-results'].results;
      const of = (id: string) => result!.findings.find(({ target }) => target['target-id'] === id)!.target;
      return [of('au-6_obj').status.state, of('ac-2_obj').status.state];
    };
    expect(stateOf({ reviews: [decidedReview] })).toEqual(['satisfied', 'satisfied']);
    expect(stateOf({ findings: [open], reviews: [decidedReview] })).toEqual(['not-satisfied', 'satisfied']);
    for (const one of [
      { ...decidedReview, status: 'pending' as const, decision: null },
      { ...decidedReview, decision: 'abstain' as const },
    ])
      expect(stateOf({ reviews: [one] })).toEqual(['satisfied', 'not-satisfied']);
    expect(stateOf({ asOf: null })).toEqual(['not-satisfied', 'not-satisfied']);
  });

  it('refer only to what is in the document', () => {
    const [finding] = fc.sample(findings, { numRuns: 1, seed: 9 });
    const {
      'import-ap': plan,
      'local-definitions': local,
      results,
      'back-matter': back,
    } = assessmentResults(input({ findings: [finding!] }))['assessment-results'];
    const [result] = results;
    const resources = back.resources.map(({ uuid }) => `#${uuid}`);
    expect(resources).toContain(plan.href);
    const observations = result!.observations.map(({ uuid }) => uuid);
    expect(new Set(observations).size).toBe(observations.length);
    const objectives = local['objectives-and-methods'].flatMap(({ parts }) => parts.map(({ id }) => id));
    for (const one of result!.findings) {
      expect(objectives).toContain(one.target['target-id']);
      for (const related of one['related-observations'])
        expect(observations).toContain(related['observation-uuid']);
    }
    for (const { 'relevant-evidence': evidence = [] } of result!.observations)
      for (const { href } of evidence) expect(resources).toContain(href);
  });

  it('have an objective for every control of the mapping, sorted by what it depends on', () => {
    const objectives = objectivesOf(defaultControls);
    expect(objectives.map(({ control }) => control)).toEqual([
      'CC6.1',
      'CC6.2',
      'CC6.3',
      'CC7.2',
      'A.5.18',
      'A.8.2',
      'A.8.15',
      'A.8.16',
      '7.2.4',
      '10.4',
      '164.308(a)(1)(ii)(D)',
      '164.308(a)(4)',
      '164.312(b)',
      'AC-2',
      'AC-6(7)',
      'AU-6',
    ]);
    expect(objectives.filter(({ kind }) => kind === 'both')).toEqual([]);
    expect(objectives.find(({ control }) => control === 'AC-6(7)')?.controlId).toBe('ac-6.7');
    const ids = objectives.map(({ objectiveId }) => objectiveId);
    expect(new Set(ids).size).toBe(ids.length);
    const [own] = objectivesOf([{ framework: 'House', control: '§ 3', title: 't' }]);
    expect(own).toMatchObject({ kind: 'both', controlId: 'house-3' });
  });

  it('name things by UUIDs of version 5 that keep names apart', () => {
    expect(nameUuid('a', 'b')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(nameUuid('a', 'b')).toBe(nameUuid('a', 'b'));
    expect(nameUuid('a', 'b')).not.toBe(nameUuid('ab'));
  });
});
