// `countersign grants` as a DBA’s script calls it: without a connection, and without ever asking a database.
import { expect, test } from 'vitest';
import { grantScripts } from '#shared/contract/grants.ts';
import { runProgramHere } from '../../support/program-here.ts';
import { workspaceFolder } from '../../support/station.ts';

test('prints all parts for a named table, and refuses with a sentence', async () => {
  const folder = workspaceFolder();
  const named = ['grants', '--reviewer-role', 'reviewers', '--table', 'np_audit_log', '--schema', 'audit'];
  const { code, json } = await runProgramHere(folder, [
    ...named,
    '--reader-role',
    'readers',
    '--with-insert',
  ]);
  expect(code).toBe(0);
  const { apply, verify, rollback, file } = grantScripts.parse(json);
  expect(apply).toContain('"audit"."np_audit_log"');
  expect(apply).toContain('"audit"."np_audit_privileged_reviews"');
  for (const part of [apply, verify]) expect(file).toContain(part);
  expect(file).toContain(`-- ${rollback.split('\n').at(-1)}`);
  expect(await runProgramHere(folder, ['grants', '--reviewer-role', 'reviewers'])).toMatchObject({
    code: 1,
    json: { error: { code: 'not-connected' } },
  });
  expect(await runProgramHere(folder, [...named, '--reader-role', 'public'])).toMatchObject({
    code: 1,
    json: { error: { code: 'invalid-input' } },
  });
  expect((await runProgramHere(folder, ['grants'])).code).toBe(2);
  expect((await runProgramHere(folder, [...named, '--part', 'undo'])).code).toBe(2);
});
