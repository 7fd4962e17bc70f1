// Remediation of what is to be revoked or modified: who may say what about it, and what an administrator is told.
import { describe, expect, test } from 'vitest';
import type { DecisionKind } from '../../../../src-shared/model/review.ts';
import { instructionFor } from '../../../../src-main/review/campaigns/remediation-instruction.ts';
import { listRechecks, recheckResults } from '../../../../src-main/review/campaigns/list-rechecks.ts';
import { listRemediation, remediationOf } from '../../../../src-main/review/campaigns/list-remediation.ts';
import { changeRemediation } from '../../../../src-main/review/campaigns/remediation.ts';
import { quoteLiteral } from '../../../../src-main/source/removal-statement.ts';
import { makeDefinition, makeItem, openedWith } from '../../../support/campaign.ts';
import { ledgerWithReviewer } from '../../../support/workspace.ts';

const items = ['eve', 'frank', 'greta'].map((subject) => makeItem({ subject }));
const nowMs = Date.parse('2026-11-16T00:00:00Z');

/** Revoked for Eve, modified for Frank, certified for Greta. */
function scene() {
  const ledger = ledgerWithReviewer({ name: 'Olga', id: 'olga', email: null });
  const { id } = openedWith(ledger, items);
  const decide = (index: number, decision: DecisionKind, supersedes: string | null = null) =>
    ledger.append(() => [
      {
        type: 'campaign-decision',
        subject: items[index]!.key,
        actor: 'rita',
        payload: {
          campaign: id,
          item: items[index]!.key,
          stage: 0,
          decision,
          reason: 'because',
          reviewerName: 'Rita',
          ofRecord: 'rita',
          digest: '0'.repeat(64),
          dwellMs: null,
          opened: [],
          batch: null,
          supersedes,
          subject: items[index]!.subject,
          entitlement: 'reader',
          resource: null,
          because: 'rule',
        },
      },
    ])[0]!.entry.id;
  const first = decide(0, 'revoke');
  decide(1, 'modify');
  decide(2, 'certify');
  const list = () => listRemediation(ledger.state(), { id }, nowMs);
  const row = (index: number) => list().rows.find(({ item }) => item === items[index]!.key)!;
  return { ledger, id, list, row, decide, first };
}

const keyOf = (index: number) => items[index]!.key;

describe('remediation', () => {
  test('lists what is to be revoked or modified, open until somebody says otherwise', () => {
    const { list } = scene();
    expect(
      list()
        .rows.map(({ subject, outcome, state }) => [subject, outcome, state].join(' '))
        .toSorted(),
    ).toEqual(['eve revoke open', 'frank modify open']);
    expect(list().counts).toMatchObject({ open: 2, 'verified-removed': 0 });
  });

  test('keeps what a change leaves out; every change is an entry', () => {
    const { ledger, id, row } = scene();
    changeRemediation(ledger, id, {
      items: [keyOf(0)],
      owner: 'Dana Admin',
      dueOn: '2026-11-10',
      state: 'ticketed',
      ticket: 'OPS-1',
    });
    changeRemediation(ledger, id, { items: [keyOf(0)], state: 'done-unverified', note: 'Said to be done.' });
    expect(row(0)).toMatchObject({
      owner: 'Dana Admin',
      ticket: 'OPS-1',
      state: 'done-unverified',
      isOverdue: true,
    });
    changeRemediation(ledger, id, { items: [keyOf(0)], dueOn: '2026-11-16' });
    expect(row(0).isOverdue).toBe(false);
    expect(ledger.state().campaigns.byId.get(id)?.remediations.get(keyOf(0))?.acts).toHaveLength(3);
  });

  test('all items or none; no ticket without its reference; nobody takes away their own right', () => {
    const { ledger, id, list } = scene();
    const change = (wish: Parameters<typeof changeRemediation>[2]) => () =>
      changeRemediation(ledger, id, wish);
    expect(change({ items: [keyOf(0), keyOf(2)], owner: 'Dana' })).toThrow(/not to be revoked or modified/);
    expect(change({ items: [keyOf(0)], state: 'ticketed' })).toThrow(/reference of a ticket/);
    expect(change({ items: [keyOf(0)], owner: 'EVE' })).toThrow(/cannot be the one who takes it away/);
    expect(change({ items: [keyOf(0)], dueOn: '2026-02-30' })).toThrow(/not a day of the calendar/);
    expect(
      list().rows.every(({ state, owner, dueOn }) => state === 'open' && owner === null && dueOn === null),
    ).toBe(true);
  });

  test('a re-check is believed more than a person; one that comes first is kept, too', () => {
    const { ledger, id, row } = scene();
    const ipe = ledger.state().campaigns.byId.get(id)!.opened!.ipe;
    const results = [{ item: keyOf(0), state: 'verified-removed' as const, because: 'gone' }];
    const payload = {
      campaign: id,
      number: 1,
      file: 'recheck-1.jsonl',
      ipe,
      source: null,
      results,
      byName: 'Olga',
    };
    ledger.append(() => [{ type: 'campaign-rechecked', subject: id, actor: 'olga', payload }]);
    expect(row(0)).toMatchObject({ state: 'verified-removed', checkedAt: '2026-11-16T00:00:00.000Z' });
    expect(() => changeRemediation(ledger, id, { items: [keyOf(0)], state: 'open' })).toThrow(
      /re-check has shown/,
    );
    changeRemediation(ledger, id, { items: [keyOf(0)], ticket: 'OPS-2' });
    expect(row(0)).toMatchObject({ state: 'verified-removed', ticket: 'OPS-2' });
  });

  test('pages hold everything once, in the order of keys, whatever their length; each says the counts of all', () => {
    const { ledger, id, list } = scene();
    const all = list().rows.map(({ item }) => item);
    const read: string[] = [];
    let after: string | undefined;
    do {
      const page = listRemediation(
        ledger.state(),
        { id, limit: 1, ...(after !== undefined && { after }) },
        nowMs,
      );
      expect([page.matching, page.counts.open]).toEqual([2, 2]);
      read.push(...page.rows.map(({ item }) => item));
      after = page.nextAfter ?? undefined;
    } while (after !== undefined);
    expect(read).toEqual(all);
  });

  test('is narrowed by state, owner, what is overdue, and words; a change is seen at once', () => {
    const { ledger, id } = scene();
    const subjects = (query: Omit<Parameters<typeof listRemediation>[1], 'id'>) =>
      listRemediation(ledger.state(), { id, ...query }, nowMs).rows.map(({ subject }) => subject);
    expect(subjects({ owner: '' }).toSorted()).toEqual(['eve', 'frank']);
    const change = { items: [keyOf(1)], owner: 'Dana', dueOn: '2026-11-01', ticket: 'OPS-7' };
    changeRemediation(ledger, id, { ...change, state: 'ticketed' });
    expect(subjects({ owner: 'Dana' })).toEqual(['frank']);
    expect(subjects({ owner: '' })).toEqual(['eve']);
    expect(subjects({ state: 'ticketed' })).toEqual(['frank']);
    expect(subjects({ only: 'overdue' })).toEqual(['frank']);
    expect(subjects({ text: 'ops-7' })).toEqual(['frank']);
    expect(subjects({ text: 'EV' })).toEqual(['eve']);
    expect(listRemediation(ledger.state(), { id }, nowMs).owners).toEqual([
      { owner: null, items: 1 },
      { owner: 'Dana', items: 1 },
    ]);
  });

  test('says everything that was put on record about one, in order', () => {
    const { ledger, id } = scene();
    changeRemediation(ledger, id, { items: [keyOf(0)], owner: 'Dana', note: 'Asked her.' });
    const { ipe } = ledger.state().campaigns.byId.get(id)!.opened!;
    const unknown = [{ item: keyOf(0), because: 'rows may be hidden' }];
    const payload = {
      campaign: id,
      number: 1,
      file: 'recheck-1.jsonl',
      ipe,
      source: null,
      results: [],
      unknown,
    };
    ledger.append(() => [
      { type: 'campaign-rechecked', subject: id, actor: 'olga', payload: { ...payload, byName: 'Olga' } },
    ]);
    const { row, history, decidedAt } = remediationOf(ledger.state(), { id, item: keyOf(0) }, nowMs);
    expect(row).toMatchObject({ subject: 'eve', state: 'open', owner: 'Dana' });
    expect(decidedAt).toBe('2026-11-16T00:00:00.000Z');
    expect(history).toMatchObject([
      { what: 'change', owner: 'Dana', note: 'Asked her.' },
      { what: 'recheck', number: 1, state: null, because: 'rows may be hidden' },
    ]);
    expect(() => remediationOf(ledger.state(), { id, item: keyOf(2) }, nowMs)).toThrow(/nothing to remedy/);
    expect(listRechecks(ledger.state(), id)).toMatchObject([{ number: 1, counts: { unknown: 1 } }]);
    expect(
      recheckResults(ledger.state(), { id, number: 1, finding: 'unknown', limit: 10 }).rows,
    ).toMatchObject([{ subject: 'eve', state: null }]);
    expect(
      recheckResults(ledger.state(), { id, number: 1, finding: 'still-present', limit: 10 }).rows,
    ).toEqual([]);
  });

  test('a decision that was corrected leaves nothing to do, and what was recorded stays', () => {
    const { ledger, id, row, decide, first, list } = scene();
    changeRemediation(ledger, id, { items: [keyOf(0)], ticket: 'OPS-1' });
    decide(0, 'certify', first);
    expect(row(0)).toMatchObject({ outcome: null, ticket: 'OPS-1', isOverdue: false });
    expect(list().counts).toMatchObject({ open: 1 });
    expect(() => changeRemediation(ledger, id, { items: [keyOf(0)], ticket: 'OPS-2' })).toThrow(
      /not to be revoked/,
    );
  });
});

describe('instructions', () => {
  const right = {
    subject: "o'hara\\",
    entitlement: 'reader',
    resource: null,
    outcome: 'revoke' as const,
    reason: null,
  };

  test('a table: a DELETE of its rows, quoted; a change shows the rows', () => {
    expect(instructionFor(makeDefinition(), right)).toContain(
      `DELETE FROM "public"."entitlement"\nWHERE coalesce(("account")::text, '') = E'o''hara\\\\'\n  AND coalesce(("role")::text, '') = 'reader';`,
    );
    const changed = instructionFor(makeDefinition(), { ...right, outcome: 'modify', reason: 'Only\nread.' });
    expect(changed).toContain('The reviewer wrote: “Only read.”');
    expect(changed).toContain('SELECT * FROM "public"."entitlement"');
    expect(changed).not.toContain('DELETE');
  });

  test('a catalog: a REVOKE', () => {
    const scope = {
      from: 'table' as const,
      schema: 'information_schema',
      table: 'role_table_grants',
      columns: { subject: 'grantee', entitlement: 'privilege_type', resource: 'table_name' },
      filters: [],
    };
    const definition = makeDefinition({ scope });
    const granted = { ...right, subject: 'eve"x', entitlement: 'select', resource: 'orders' };
    expect(instructionFor(definition, granted)).toContain('REVOKE SELECT ON "orders" FROM "eve""x";');
    expect(instructionFor(definition, { ...granted, resource: null })).toContain(
      'REVOKE "select" FROM "eve""x";',
    );
  });

  test('a file or activity: words, in which no value begins a line', () => {
    const activity = makeDefinition({ scope: { from: 'activity', actorTypes: [] } });
    const text = instructionFor(activity, { ...right, subject: 'eve\nDROP TABLE x;', reason: 'a\u202eb' });
    expect(text).not.toContain('\n');
    expect(text).not.toContain('\u202e');
    expect(text).toContain('“reader”');
  });

  test('characters that do not show are written by their code points', () => {
    expect(quoteLiteral('plain')).toBe("'plain'");
    expect(quoteLiteral('a\nb')).toBe("E'a\\u000ab'");
    expect(quoteLiteral('a\u202eb\u{e0001}')).toBe("E'a\\u202eb\\U000e0001'");
    expect(quoteLiteral("';--\\")).toBe("E''';--\\\\'");
  });
});
