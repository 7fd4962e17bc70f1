// Which names the printed SQL takes, and what the file as a whole does when somebody runs it.
import { describe, expect, it } from 'vitest';
import { printGrants, writeGrants } from '../../../src-main/source/grants.ts';
import { problemIn } from './problem-of.ts';

const events = { schema: 'public', name: 'np_auditlog_events' };

describe('roles', () => {
  it.each(['reviewers', 'Ärztinnen_2', '_x', 'dana@example.org', 'a.b-c'])('takes %s', (reviewerRole) => {
    expect(writeGrants({ reviewerRole, events }).apply).toContain(`TO "${reviewerRole}"`);
  });

  it.each([
    '',
    'PUBLIC',
    'none',
    'current_user',
    'pg_read_all_data',
    'postgres',
    'a b',
    'a"; DROP TABLE x; --',
    "a'b",
    '1a',
    'a\nb',
    'a$b',
    'ä'.repeat(32),
  ])('refuses %j with a sentence', (reviewerRole) => {
    const problem = problemIn(() => writeGrants({ reviewerRole, events }));
    expect(problem.code).toBe('invalid-input');
    expect(problem.message).toMatch(/^The reviewer role .*\.$/);
    const reader = problemIn(() => writeGrants({ reviewerRole: 'r', readerRole: reviewerRole, events }));
    expect(reader.message).toMatch(/^The reader role .*\.$/);
  });

  it('refuses one role for both, and names of tables that are none', () => {
    const write = (request: Partial<Parameters<typeof writeGrants>[0]>) =>
      problemIn(() => writeGrants({ reviewerRole: 'r', events, ...request }));
    expect(write({ readerRole: 'r' }).message).toMatch(/same role/);
    expect(write({ events: { schema: 'a\nb', name: 'x' } }).code).toBe('invalid-input');
    expect(write({ events: { schema: 'a', name: '' } }).code).toBe('invalid-input');
    expect(write({ reviewSchema: 'x'.repeat(64) }).code).toBe('invalid-input');
  });
});

describe('the file', () => {
  const request = { reviewerRole: 'reviewers', readerRole: 'readers', events };

  it('applies and verifies; the rollback stands in comments', () => {
    const { apply, verify, rollback } = writeGrants(request);
    const active = printGrants(request)
      .split('\n')
      .filter((line) => !line.startsWith('--'))
      .join('\n');
    const code = (text: string) =>
      text
        .replaceAll(/^--.*\n/gm, '')
        .replaceAll(/\s+/g, ' ')
        .trim();
    expect(code(active)).toBe(code(`${apply}\n${verify}`));
    const commented = printGrants(request).split('-- BEGIN;')[1];
    expect(commented).toContain('DROP TABLE "public"."countersign_rights_before"');
    expect(rollback).toContain('DISABLE ROW LEVEL SECURITY');
  });

  it('grants INSERT and touches the anomalies only when that was asked for', () => {
    const plain = writeGrants(request).apply;
    expect(plain).not.toMatch(/GRANT INSERT|np_audit_anomalies/);
    const full = writeGrants({ ...request, withInsert: true, withAnomalies: true }).apply;
    expect(full).toContain('GRANT INSERT (id, tenant_id, audit_log_id, action, actor_id, due_at)');
    expect(full).toContain('GRANT UPDATE (reviewed_by, reviewed_at, disposition)');
  });
});
