// A CSV file that lacks what the definition names is refused for an opening and a re-check alike, with what to do about it.
import { expect, test } from 'vitest';
import { sha256Hex } from '../../../../src-main/evidence/digest.ts';
import { filePopulation } from '../../../../src-main/review/campaigns/file-population.ts';
import { walkSteps } from '../../../../src-main/review/campaigns/walk-steps.ts';
import { problemOf } from '../../source/problem-of.ts';

function read(csv: string) {
  const bytes = Buffer.from(csv);
  const columns = { subject: 'account', entitlement: 'role' };
  const scope = { from: 'file' as const, name: 'a.csv', sha256: sha256Hex(bytes), columns, filters: [] };
  return walkSteps(filePopulation(bytes, scope));
}

test('a column that is missing is named, and nothing is said about opening', async () => {
  const problem = await problemOf(read('accnt,role\neve,reader\n'));
  expect(problem.message).toBe('The file has no column “account”. The population was not frozen.');
  expect(problem.next).toMatch(/Correct the definition/);
});

test.each([';', '\t'])(
  'a file with %j between its cells is told to be exported with commas',
  async (mark) => {
    const problem = await problemOf(read(`account${mark}role\neve${mark}reader\n`));
    expect(problem.next).toMatch(/commas between the cells/);
  },
);
