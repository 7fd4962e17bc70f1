import { ulid } from 'ulid';
import { beforeEach, describe, expect, test } from 'vitest';
import type { OsUser } from '../../../src-shared/model/independence.ts';
import { defaultFourEyesRules } from '../../../src-shared/model/independence.ts';
import type { DecisionKind, Review } from '../../../src-shared/model/review.ts';
import { linkIdentities, type Identities } from '../../../src-main/review/aliases.ts';
import { concurWithDecision } from '../../../src-main/review/concur.ts';
import { concurWithDisposition } from '../../../src-main/review/concur-finding.ts';
import { decide, undoDecision } from '../../../src-main/review/decide.ts';
import { notesOf } from '../../../src-main/review/decision-notes.ts';
import {
  countsAsSecond,
  rulesForDecision,
  rulesForDisposition,
  secondOf,
  secondStateOf,
} from '../../../src-main/review/four-eyes.ts';
import { disposeFinding } from '../../../src-main/review/dispose-finding.ts';
import { getFinding, listFindings } from '../../../src-main/review/findings.ts';
import { addAliases, changeFourEyes } from '../../../src-main/review/independence-acts.ts';
import { openLedger, type Ledger } from '../../../src-main/review/ledger.ts';
import { decisionInForce } from '../../../src-main/review/projection.ts';
import { countQueue } from '../../../src-main/review/queue-counts.ts';
import { awaitsSecond, lacksSecond, readQueue } from '../../../src-main/review/queue.ts';
import { secondOfDecision } from '../../../src-main/review/seconds.ts';
import { mirrorGuard } from '../../../src-main/store/cache/mirror.ts';
import { mirrorQueue, type ServerReviewRow } from '../../../src-main/store/cache/server-reviews.ts';
import type { DatabaseHandle } from '../../../src-main/store/database.ts';
import { openIntents, syncStateOf } from '../../../src-main/sync/outbox.ts';
import {
  ledgerWithReviewer,
  makeEvent,
  mirror,
  openCache,
  openLedgerFile,
  stoppedClock,
} from '../../support/workspace.ts';
import { insertFinding } from './insert-finding.ts';

const dueUs = Date.parse('2026-11-16T00:00:00Z') * 1000;

const row = (id: string, changes: Partial<ServerReviewRow> = {}): ServerReviewRow => ({
  id,
  tenantId: 't',
  auditLogId: `log-${id}`,
  action: 'role_grant',
  actorId: 'dana',
  dueAtMicroseconds: dueUs,
  reviewerId: null,
  reviewedAtMicroseconds: null,
  notes: null,
  ...changes,
});

let cache: DatabaseHandle;
let file: DatabaseHandle;
let ledger: Ledger;

const show = (...rows: ServerReviewRow[]) => mirrorQueue(cache, { rows }, mirrorGuard(cache));
const read = (state = ledger.state()) => readQueue(cache, state, dueUs + 1);
const item = (id: string): Review => read().find((review) => review.id === id)!;
const say = (id: string, decision: DecisionKind, osUser?: OsUser) =>
  decide(ledger, read, { reviews: [{ id }], decision, reason: 'because', osUser });
const second = (id: string, agree: boolean, shown?: string) =>
  concurWithDecision(ledger, read, { id, agree, reason: 'looked at the ticket', shown });
const intents = () => openIntents(ledger.state()).map(({ payload }) => [payload.review, payload.decision]);
const become = (id: string, email: string | null = null) =>
  ledger.append(() => [
    { type: 'reviewer-changed', subject: id, actor: id, payload: { name: `The ${id}`, id, email } },
  ]);
const typesOf = () => ledger.entries().map(({ entry }) => entry.type);

beforeEach(() => {
  cache = openCache();
  mirror(cache, [makeEvent({ id: 'log-critical', severity: 'Critical' }), makeEvent({ id: 'log-plain' })]);
  file = openLedgerFile();
  ledger = ledgerWithReviewer(undefined, undefined, file);
});

describe('which decisions need a second person', () => {
  test('by default: critical severity, revoking a privileged role, a false positive on high or critical', () => {
    const decision = (kind: DecisionKind, severity: string | null, action: string) =>
      rulesForDecision(defaultFourEyesRules, { decision: kind, severity, action });
    expect(decision('certify', 'critical', 'x')).toEqual(['critical-severity']);
    expect(decision('revoke', 'CRITICAL', 'role_grant')).toEqual([
      'critical-severity',
      'revoke-privileged-role',
    ]);
    expect(decision('certify', 'high', 'role_grant')).toEqual([]);
    expect(decision('revoke', null, 'privilege.change')).toEqual(['revoke-privileged-role']);
    expect(decision('revoke', 'high', 'plugin_install')).toEqual([]);
    for (const kind of ['abstain', 'escalate'] as const)
      expect(decision(kind, 'critical', 'role_grant')).toEqual([]);
    const found = (disposition: 'false-positive' | 'acknowledged' | 'escalated', severity: string) =>
      rulesForDisposition(defaultFourEyesRules, { disposition, severity });
    expect(found('false-positive', 'high')).toEqual(['false-positive-high']);
    expect(found('false-positive', 'critical')).toEqual(['false-positive-high']);
    expect(found('false-positive', 'medium')).toEqual([]);
    expect(found('escalated', 'critical')).toEqual([]);
  });

  test('the severity is that of the audited event, and is kept with the decision', () => {
    show(row('critical', { action: 'plugin_install' }), row('plain', { action: 'plugin_install' }));
    say('critical', 'certify');
    say('plain', 'certify');
    expect(item('critical').sync).toBe('awaiting-second');
    expect(item('plain').sync).toBe('unsent');
    expect(decisionInForce(ledger.state(), 'critical')!.payload).toMatchObject({
      severity: 'Critical',
      fourEyes: ['critical-severity'],
    });
  });
});

test('the latest word of a person counts, whichever of their ids they spoke under', () => {
  const identities: Identities = new Map();
  linkIdentities(identities, ['otto', 'o.admin']);
  const first = { reviewer: 'rita', actor: 'dana', digest: 'shown', fourEyes: ['rule'] };
  const word = (id: string, reviewer: string, agree: boolean) => ({
    id,
    reviewer,
    reviewerName: reviewer,
    agree,
    reason: 'saw it',
    digest: 'shown',
    at: '2026-11-16T00:00:00.000000Z',
  });
  const words = [word('1', 'otto', false), word('2', 'O.Admin', true)];
  expect(secondStateOf(identities, first, words)).toBe('agreed');
  expect(secondStateOf(identities, first, words.toReversed())).toBe('disagreed');
});

describe('whether a concurrence counts', () => {
  const identities: Identities = new Map();
  linkIdentities(identities, ['otto', 'o.admin']);
  const first = { reviewer: 'rita', actor: 'dana', digest: 'shown', fourEyes: ['rule'] };
  const said = (reviewer: string, digest = 'shown', agree = true) => ({
    id: `${reviewer}-${digest}`,
    reviewer,
    reviewerName: reviewer,
    agree,
    reason: 'saw it',
    digest,
    at: '2026-11-16T00:00:00.000000Z',
  });

  test.each([
    ['somebody else’s', first, said('otto'), true],
    ['about something else than was decided on', first, said('otto', 'other'), false],
    ['the first reviewer’s', first, said('RITA'), false],
    ['the actor’s', first, said('Dana'), false],
    ['the actor’s under another id', { ...first, actor: 'O.Admin' }, said('otto'), false],
    ['somebody else’s where nobody in particular acted', { ...first, actor: null }, said('otto'), true],
  ])('%s', (_, about, concurrence, counts) => {
    expect(countsAsSecond(identities, about, concurrence)).toBe(counts);
    expect(secondStateOf(identities, about, [concurrence])).toBe(counts ? 'agreed' : 'awaiting');
    expect(secondOf(identities, about, [concurrence])).toMatchObject({ concurrences: [{ counts }] });
    // Nor does a word that does not count hold anything up.
    const against = [said('mia'), { ...concurrence, agree: false }];
    expect(secondStateOf(identities, about, against)).toBe(counts ? 'disagreed' : 'agreed');
  });
});

describe('a second person', () => {
  beforeEach(() => {
    show(row('a'));
  });

  test('makes a decision final; until then it is not sent, and can be late', () => {
    say('a', 'revoke');
    expect(item('a')).toMatchObject({ status: 'decided', sync: 'awaiting-second', overdue: true });
    expect(intents()).toEqual([]);
    become('otto');
    second('a', true, item('a').digest);
    expect(item('a')).toMatchObject({ status: 'decided', sync: 'unsent', overdue: false });
    expect(intents()).toEqual([['a', 'revoke']]);
    const entry = ledger.entries().at(-1)!.entry;
    expect(entry).toMatchObject({
      type: 'concurrence',
      actor: 'otto',
      subject: 'a',
      payload: { about: 'decision', digest: item('a').digest, agree: true, reviewerName: 'The otto' },
    });
    const decision = decisionInForce(ledger.state(), 'a')!;
    expect(secondOfDecision(ledger.state(), decision)).toMatchObject({
      state: 'agreed',
      rules: ['revoke-privileged-role'],
      concurrences: [{ reviewer: 'otto', agree: true, counts: true }],
    });
  });

  test('who disagrees leaves the item open with both opinions; the first may correct, which asks again', () => {
    say('a', 'revoke');
    become('otto');
    second('a', false);
    expect(item('a')).toMatchObject({ status: 'pending', sync: 'disagreed', decision: 'revoke' });
    expect(intents()).toEqual([]);
    become('rita');
    say('a', 'revoke');
    expect(item('a').sync).toBe('awaiting-second');
    say('a', 'certify');
    expect(item('a').sync).toBe('unsent');
    expect(ledger.state().independence.concurrences.size).toBe(1);
  });

  test('may think again, but one disagreement outweighs any number of others', () => {
    say('a', 'revoke');
    become('otto');
    second('a', false);
    become('mia');
    second('a', true);
    expect(item('a').sync).toBe('disagreed');
    become('otto');
    second('a', true);
    expect(item('a').sync).toBe('unsent');
    second('a', false);
    expect(item('a').sync).toBe('disagreed');
  });

  test('taking the decision back takes the concurrence along', () => {
    say('a', 'revoke');
    become('otto');
    second('a', true);
    become('rita');
    undoDecision(ledger, 'a');
    expect(item('a')).toMatchObject({ status: 'pending', decision: null });
    say('a', 'revoke');
    expect(item('a').sync).toBe('awaiting-second');
    expect(intents()).toEqual([]);
  });

  test('is not the first one, under any id known by then or later', () => {
    say('a', 'revoke');
    expect(() => second('a', true)).toThrow(/first reviewer cannot be the second/);
    become('r.reviewer', 'RITA@example.org');
    expect(() => second('a', true)).toThrow(/first reviewer cannot be the second/);
    become('otto');
    second('a', true);
    expect(intents()).toHaveLength(1);
    addAliases(ledger, { add: ['Rita '], reason: 'the same person', isSamePerson: true });
    expect(item('a').sync).toBe('awaiting-second');
    expect(intents()).toEqual([]);
    const decision = decisionInForce(ledger.state(), 'a')!;
    expect(secondOfDecision(ledger.state(), decision)!.concurrences).toMatchObject([{ counts: false }]);
  });

  test('who turns out to be the first one after it was applied leaves it applied, and listed', () => {
    say('a', 'revoke');
    become('otto');
    second('a', true);
    const decision = decisionInForce(ledger.state(), 'a')!;
    const { id } = decision;
    const server = { reviewer: 'rita', reviewedAt: '2026-11-16T00:00:00.000000Z', notes: notesOf(decision) };
    ledger.append(() => [
      { type: 'sync-sent', subject: null, actor: '', payload: { decisions: [id] } },
      {
        type: 'sync-outcome',
        subject: null,
        actor: '',
        payload: { items: [{ review: 'a', decisionId: id, outcome: 'applied', detail: null, server }] },
      },
    ]);
    const awaiting = () => read().filter(lacksSecond).length;
    const counted = () => countQueue(cache, ledger.state(), dueUs + 1).awaitingSecond;
    expect([awaiting(), counted()]).toEqual([0, 0]);
    expect(item('a')).not.toHaveProperty('secondLost');
    addAliases(ledger, { add: ['rita'], reason: 'the same person', isSamePerson: true });
    expect(item('a')).toMatchObject({ status: 'decided', sync: 'applied', secondLost: true });
    expect([awaiting(), counted()]).toEqual([1, 1]);
    expect(awaitsSecond(item('a'))).toBe(false);
    expect(intents()).toEqual([]);
  });

  test('is not the actor; the attempt is put on record', () => {
    say('a', 'revoke');
    become('otto');
    addAliases(ledger, { add: ['dana'], reason: 'admin account' });
    expect(() => second('a', true)).toThrow(/yourself/);
    expect(typesOf().slice(-2)).toEqual(['aliases-changed', 'self-review-refused']);
    expect(intents()).toEqual([]);
  });

  test('is refused where there is nothing to second, or it changed', () => {
    become('otto');
    expect(() => second('a', true)).toThrow(/nothing here/);
    say('a', 'certify');
    become('rita');
    expect(() => second('a', true)).toThrow(/No rule asked/);
    say('a', 'revoke');
    become('mia');
    expect(() => second('a', true, 'other')).toThrow(/changed after it was shown/);
    expect(() => concurWithDecision(ledger, read, { id: 'a', agree: true, reason: '  ' })).toThrow(/reason/);
    show(row('a', { action: 'privilege.change' }));
    expect(() => second('a', true)).toThrow(/changed after the first reviewer/);
    show(row('a', { reviewerId: 'zoe', reviewedAtMicroseconds: dueUs }));
    expect(() => second('a', true)).toThrow(/already reviewed/);
    expect(awaitsSecond(item('a'))).toBe(false);
    show();
    expect(() => second('a', true)).toThrow(/no longer shows/);
    expect(typesOf()).not.toContain('concurrence');
  });

  test('comes too late once the decision has left', () => {
    say('a', 'revoke');
    become('otto');
    second('a', true);
    const { id } = decisionInForce(ledger.state(), 'a')!;
    ledger.append(() => [{ type: 'sync-sent', subject: null, actor: '', payload: { decisions: [id] } }]);
    expect(() => second('a', false)).toThrow(/already been sent/);
    expect(syncStateOf(ledger.state(), ledger.state().decisionsById.get(id)!)).toBe('unknown');
  });
});

describe('rules', () => {
  test('a change needs a reason, is one entry, and leaves what was decided before as it was', () => {
    show(row('a'), row('b'));
    say('a', 'revoke');
    expect(() => changeFourEyes(ledger, { rules: [], reason: ' ' })).toThrow(/needs a reason/);
    changeFourEyes(ledger, { rules: [], reason: 'a team of one' });
    changeFourEyes(ledger, { rules: [], reason: 'again' });
    expect(typesOf().filter((type) => type === 'four-eyes-changed')).toHaveLength(1);
    say('b', 'revoke');
    expect([item('a').sync, item('b').sync]).toEqual(['awaiting-second', 'unsent']);
    changeFourEyes(ledger, { rules: defaultFourEyesRules, reason: 'a team of two' });
    expect([item('a').sync, item('b').sync]).toEqual(['awaiting-second', 'unsent']);
  });

  test('a ledger from before there were rules needs no second person', () => {
    show(row('a'));
    say('a', 'revoke');
    const { payload } = decisionInForce(ledger.state(), 'a')!;
    const { severity: _severity, fourEyes: _fourEyes, ...old } = payload;
    const before = ledgerWithReviewer();
    before.append(() => [{ type: 'decision', subject: 'a', actor: 'rita', payload: old }]);
    expect(openIntents(before.state())).toHaveLength(1);
  });
});

describe('a disposition', () => {
  const dispose = (disposition: 'false-positive' | 'acknowledged' | 'escalated') =>
    disposeFinding(cache, ledger, { id: 'f', disposition, note: 'looked into it' });
  const concur = (agree: boolean) =>
    concurWithDisposition(cache, ledger, { id: 'f', agree, reason: 'looked into it, too' });
  const insert = (version: number, count: number) =>
    insertFinding(cache, 'f', { version, count, severity: 'high' });

  beforeEach(() => insert(1, 9));

  test('as a false positive on a high finding counts only once a second person concurred', () => {
    dispose('false-positive');
    expect(listFindings(cache, ledger.state(), 'open')).toMatchObject([
      {
        disposition: null,
        proposal: { disposition: 'false-positive', by: 'rita', second: { state: 'awaiting' } },
      },
    ]);
    expect(() => concur(true)).toThrow(/first reviewer/);
    become('otto');
    expect(concur(false)).toMatchObject({ disposition: null, proposal: { second: { state: 'disagreed' } } });
    expect(concur(true)).toMatchObject({
      disposition: 'false-positive',
      disposedBy: 'Rita Reviewer',
      proposal: { second: { state: 'agreed', rules: ['false-positive-high'] } },
    });
    addAliases(ledger, { add: ['rita'], reason: 'the same person', isSamePerson: true });
    expect(getFinding(cache, ledger.state(), 'f').finding.disposition).toBeNull();
  });

  test('leaves the one before in force while it waits, and needs nobody for other dispositions', () => {
    dispose('escalated');
    dispose('false-positive');
    expect(getFinding(cache, ledger.state(), 'f').finding).toMatchObject({
      disposition: 'escalated',
      proposal: { disposition: 'false-positive' },
    });
    dispose('acknowledged');
    const { finding } = getFinding(cache, ledger.state(), 'f');
    expect(finding.disposition).toBe('acknowledged');
    expect(finding).not.toHaveProperty('proposal');
    become('otto');
    expect(() => concur(true)).toThrow(/No rule asked/);
  });

  test('is not seconded by whom the finding is about, nor when the finding changed since', () => {
    dispose('false-positive');
    become('otto');
    addAliases(ledger, { add: ['dana'], reason: 'admin account' });
    expect(() => concur(true)).toThrow(/yourself/);
    expect(typesOf().at(-1)).toBe('self-review-refused');
    become('mia');
    insert(2, 12);
    expect(() => concur(true)).toThrow(/changed after the first/);
  });
});

describe('the account of the operating system', () => {
  const bound: OsUser = { name: 'rita', uid: 1000 };

  test('is in the decision when it is another than the profile’s', () => {
    show(row('a'), row('b'));
    ledger.append(() => [
      {
        type: 'reviewer-changed',
        subject: 'rita',
        actor: 'rita',
        payload: { name: 'Rita', id: 'rita', email: null, osUser: bound, keyFingerprint: 'SHA256:x' },
      },
    ]);
    expect(ledger.state().independence).toMatchObject({ reviewerOsUser: bound, reviewerKey: 'SHA256:x' });
    say('a', 'certify', bound);
    say('b', 'certify', { name: 'otto', uid: 1001 });
    expect(decisionInForce(ledger.state(), 'a')!.payload).not.toHaveProperty('osUser');
    expect(decisionInForce(ledger.state(), 'b')!.payload.osUser).toEqual({ name: 'otto', uid: 1001 });
  });
});

test('a fresh reading of the ledger gives the same state', () => {
  show(row('a'));
  say('a', 'revoke');
  become('otto');
  addAliases(ledger, { add: ['o.other'], reason: 'admin account' });
  second('a', true);
  const clock = stoppedClock('2026-11-17T00:00:00Z');
  expect(openLedger(file, clock, () => ulid(clock.nowMs())).state()).toEqual(ledger.state());
});
