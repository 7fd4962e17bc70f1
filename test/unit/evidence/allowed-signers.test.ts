import { expect, test } from 'vitest';
import { parseAllowedSigners } from '../../../src-main/evidence/allowed-signers.ts';
import { judgeSigner } from '../../../src-main/evidence/judge-signer.ts';
import { formatPublicKey } from '../../../src-main/evidence/public-key.ts';
import { alice, signerOf } from './sample-input.ts';

const key = formatPublicKey(alice.publicKey);
const namespace = 'countersign-evidence-pack';
const noon = Date.UTC(2026, 10, 20, 12) / 1000;

function judge(list: string, identity: string | null = 'alice@example.org', at = noon, zone = 'UTC') {
  return judgeSigner(parseAllowedSigners(list, zone), { key: alice.publicKey, namespace, identity, at });
}

test.each([
  ['a plain line', `alice@example.org ${key}`],
  ['a comment after the key', `alice@example.org ${key} laptop of alice`],
  ['a wildcard', `*@example.org ${key}`],
  ['several principals', `bob@example.org,alice@* ${key}`],
  ['a question mark', `?lice@example.org ${key}`],
  ['quotes around principals', `"alice@example.org" ${key}`],
  ['tabs, empty lines, comments, CRLF', `# list\r\n\r\n\talice@example.org\t${key}\r\n`],
  ['namespace patterns', `alice@example.org namespaces="git,countersign-*" ${key}`],
  ['options in any case', `alice@example.org NAMESPACES="countersign-evidence-pack" ${key}`],
  ['valid times', `alice@example.org valid-after="20261120Z",valid-before="202611201201Z" ${key}`],
  ['the last second of validity', `alice@example.org valid-before="20261120120000Z" ${key}`],
  ['the first second of validity', `alice@example.org valid-after="20261120120000Z" ${key}`],
  [
    'a second line for the key',
    `alice@example.org valid-before="20200101Z" ${key}\nalice@example.org ${key}`,
  ],
])('%s pins the key', (_, list) => {
  expect(judge(list)).toMatchObject({ pinned: true, identity: 'alice@example.org' });
});

test.each([
  ['an empty list', '', /no line lists/],
  ['another key', `alice@example.org ${formatPublicKey(signerOf(2).publicKey)}`, /no line lists/],
  ['another person', `bob@example.org ${key}`, /somebody else/],
  ['another case', `Alice@example.org ${key}`, /somebody else/],
  ['a negated principal', `*@example.org,!alice@example.org ${key}`, /somebody else/],
  ['a negation first', `!alice@example.org,*@example.org ${key}`, /somebody else/],
  ['a certificate authority', `alice@example.org cert-authority ${key}`, /certificate authority/],
  ['another namespace', `alice@example.org namespaces="git" ${key}`, /does not allow/],
  ['a negated namespace', `alice@example.org namespaces="*,!countersign-*" ${key}`, /does not allow/],
  ['an empty namespace list', `alice@example.org namespaces="" ${key}`, /does not allow/],
  ['a key of yesterday', `alice@example.org valid-before="20261119Z" ${key}`, /no longer valid/],
  ['one second too late', `alice@example.org valid-before="20261120115959Z" ${key}`, /no longer valid/],
  ['a key of tomorrow', `alice@example.org valid-after="20261121Z" ${key}`, /not valid yet/],
])('%s does not pin the key', (_, list, reason) => {
  const answer = judge(list);
  expect(answer).toMatchObject({ pinned: false, identity: null });
  expect(answer.reason).toMatch(reason);
});

test.each([
  ['no key', 'alice@example.org'],
  ['no principal', key],
  ['an unknown option', `alice@example.org touch-required ${key}`],
  ['an unquoted value', `alice@example.org namespaces=git ${key}`],
  ['an open quote', `alice@example.org namespaces="git ${key}`],
  ['a trailing comma', `alice@example.org cert-authority, ${key}`],
  ['an option twice', `alice@example.org namespaces="a",namespaces="b" ${key}`],
  ['a month 13', `alice@example.org valid-after="20261301Z" ${key}`],
  ['a 30 February', `alice@example.org valid-after="20260230Z" ${key}`],
  ['a time of 10 digits', `alice@example.org valid-after="2026112012Z" ${key}`],
  [
    'an end before the beginning',
    `alice@example.org valid-after="20270101Z",valid-before="20260101Z" ${key}`,
  ],
  ['a damaged key', `alice@example.org ${key.replace('AAAA', 'AAAB')}`],
  ['a shortened key', `alice@example.org ${key.slice(0, -4)}`],
  ['a key of another type than named', `alice@example.org ${key.replace('ssh-ed25519', 'ssh-rsa')}`],
  ['an unknown type of key', `alice@example.org ssh-future AAAA`],
])('a list with %s is refused, naming the line', (_, line) => {
  expect(() => parseAllowedSigners(`# first\n${line}\n`, 'UTC')).toThrow(/line 2 /);
});

test('without a claimed identity the list says who it is', () => {
  expect(judge(`bob@example.org,b@* ${key}`, null)).toMatchObject({
    pinned: true,
    identity: 'bob@example.org,b@*',
  });
});

test('a time without Z is meant in the given zone', () => {
  const list = `alice@example.org valid-after="202611200800" ${key}`;
  const eightInNewYork = Date.UTC(2026, 10, 20, 13) / 1000;
  expect(judge(list, null, eightInNewYork, 'America/New_York').pinned).toBe(true);
  expect(judge(list, null, eightInNewYork - 1, 'America/New_York').pinned).toBe(false);
  expect(judge(list, null, eightInNewYork - 1, 'UTC').pinned).toBe(true);
});

test('a pattern full of stars is answered at once', () => {
  const list = `${'*a'.repeat(2000)}b ${key}`;
  expect(judge(list, 'a'.repeat(2000)).pinned).toBe(false);
});
