// A list may say until when a key was somebody’s, and not yet which key followed it by its own signature.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeDefinition, people } from '../../../support/campaign.ts';
import { runProgramHere } from '../../../support/program-here.ts';
import { temporaryFolder } from '../../../support/workspace.ts';

async function saidOfRotation(...how: readonly string[]): Promise<string> {
  const [folder, files] = [temporaryFolder(), temporaryFolder()];
  const run = async (...args: readonly string[]) => (await runProgramHere(folder, args)).json as never;
  const review = ({ id, name, email }: (typeof people)['rita']) =>
    run('reviewer', '--id', id, '--name', name, '--email', email);
  const [definition, csv] = [join(files, 'definition.json'), join(files, 'rights.csv')];
  const [signers, pack] = [join(files, 'signers'), join(files, 'pack.zip')];
  const scope = { from: 'file', columns: { subject: 'account', entitlement: 'role' } };
  writeFileSync(definition, JSON.stringify({ ...makeDefinition({ owner: 'rita' }), scope }));
  writeFileSync(csv, 'account,role\neve,reader\n');
  await review(people.rita);
  const keysBefore: readonly { publicKey: string }[] = await run('keys', 'list');
  const draft: { id: string } = await run('campaign', 'create', definition, '--csv', csv);
  await run('keys', 'rotate', '--reason', 'Yearly.', ...how);
  await run('campaign', 'discard', draft.id, '--reason', 'Another one is meant.');
  await review(people.olga);
  const keys: readonly { identity: string; publicKey: string }[] = await run('keys', 'list');
  const olgas = keys.find(({ identity }) => identity === people.olga.email)!;
  const lines = [
    `${people.olga.email} ${olgas.publicKey}`,
    `${people.rita.email} valid-before="20200101Z" ${keysBefore[0]!.publicKey}`,
  ];
  writeFileSync(signers, `${lines.join('\n')}\n`);
  await run('export', '--out', pack);
  const said: { reservations?: readonly string[] } = await run('verify', pack, '--signers', signers);
  return (said.reservations ?? []).join(' ');
}

test('the key that followed by the signature of the listed one raises no question; one that merely came does', async () => {
  expect(await saidOfRotation()).toBe('');
  expect(await saidOfRotation('--lost')).toContain('names rita@example.org with another key than');
});
