import { expect, test } from 'vitest';
import { parseAllowedSigners } from '../../../src-main/evidence/allowed-signers.ts';
import { judgeSigner } from '../../../src-main/evidence/judge-signer.ts';
import { formatPublicKey } from '../../../src-main/evidence/public-key.ts';
import { alice } from './sample-input.ts';

const key = formatPublicKey(alice.publicKey);
const noon = Date.UTC(2026, 10, 20, 12) / 1000;
const ended = `alice@example.org valid-before="20261119Z" ${key}`;
const begins = `alice@example.org valid-after="20261121Z" ${key}`;
const bobs = `bob@example.org ${key}`;

test.each<[string, string[], string, number | null]>([
  ['no line', [], 'unlisted', null],
  ['a line of somebody else', [bobs], 'other-person', null],
  ['a line that has ended', [ended], 'expired', Date.UTC(2026, 10, 19) / 1000],
  ['a line that begins tomorrow', [begins], 'not-yet-valid', Date.UTC(2026, 10, 21) / 1000],
  ['an ended line, then one of somebody else', [ended, bobs], 'expired', Date.UTC(2026, 10, 19) / 1000],
  ['one of somebody else, then an ended line', [bobs, ended], 'expired', Date.UTC(2026, 10, 19) / 1000],
  ['an ended line of somebody else', [ended.replace('alice', 'bob')], 'other-person', null],
  ['an ended line and a good one', [ended, `alice@example.org ${key}`, ended], 'listed', null],
])('%s: the key of alice is judged by it', (_, lines, standing, limit) => {
  const answer = judgeSigner(parseAllowedSigners(lines.join('\n'), 'UTC'), {
    key: alice.publicKey,
    namespace: 'countersign-evidence-pack',
    identity: 'alice@example.org',
    at: noon,
  });
  expect(answer).toMatchObject({ standing, limit, pinned: standing === 'listed' });
});
