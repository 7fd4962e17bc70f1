import { describe, expect, test } from 'vitest';
import { namedTargets } from '../../../../../src-main/analytics/detectors/events/grant-target.ts';

const found = (value: unknown) =>
  namedTargets(JSON.stringify(value)).map(({ name, source }) => `${source} ${name}`);

describe('targets named in metadata', () => {
  test.each<[string, unknown, string[]]>([
    ['a target', { target: 'eli' }, ['target eli']],
    ['a number', { granteeId: 42 }, ['target 42']],
    ['other spellings', { 'Target-User': 'eli', assigned_to: 'kim' }, ['target eli', 'target kim']],
    [
      'an object with names',
      { member: { id: 'u-1', displayName: 'Eli', type: 'User' } },
      ['target u-1', 'target Eli'],
    ],
    ['a list', { targets: ['eli', { login: 'kim' }, 7, null] }, ['target eli', 'target kim', 'target 7']],
    ['a user at the top', { user: 'eli' }, ['user eli']],
    ['a user in a request', { request: { userName: 'eli' } }, ['request eli']],
    ['a record within', { raw: { requestParameters: { user_name: 'eli' } } }, ['request eli']],
    [
      'an e-mail address only in a request',
      { email: 'eli@example.com', params: { email: 'kim@example.com' } },
      ['request kim@example.com'],
    ],
    ['nothing', { role: 'admin', empty: '', target: ' ' }, []],
    ['too deep', { raw: { data: { details: { target: 'eli' } } } }, []],
  ])('%s', (_name, value, expected) => expect(found(value)).toEqual(expected));

  test.each([null, '', 'text', '[1]', '{"target": "eli"', '{broken}', '"{}"'])('%s names nobody', (text) =>
    expect(namedTargets(text)).toEqual([]),
  );

  test('says under which key', () =>
    expect(namedTargets('{"Grantee":"eli"}')).toEqual([{ name: 'eli', key: 'Grantee', source: 'target' }]));

  test('a megabyte of metadata is read', () => {
    const large = { noise: 'x'.repeat(1_000_000), target: 'eli' };
    expect(found(large)).toEqual(['target eli']);
  });
});
