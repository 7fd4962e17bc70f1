// The token must leave the address bar at once and stay in this tab only.
import { describe, expect, it } from 'vitest';
import { takeToken } from '../../../../src-renderer/app/session-token.ts';

function places(hash: string, stored: string | null) {
  const kept = new Map<string, string>(stored === null ? [] : [['countersign.token', stored]]);
  const addresses: string[] = [];
  return {
    kept,
    addresses,
    window: {
      location: { hash, pathname: '/queue', search: '?a=1' },
      history: {
        state: null,
        replaceState: (_state: unknown, _unused: string, url: string) => void addresses.push(url),
      },
      storage: {
        getItem: (key: string) => kept.get(key) ?? null,
        setItem: (key: string, value: string) => void kept.set(key, value),
      },
    },
  };
}

describe('takeToken', () => {
  it('moves the token from the fragment to the tab and cleans the address', () => {
    const { window, kept, addresses } = places('#token=a-b_c%2Bd', null);
    expect(takeToken(window)).toBe('a-b_c+d');
    expect([...kept.values()]).toEqual(['a-b_c+d']);
    expect(addresses).toEqual(['/queue?a=1']);
  });

  it('prefers a fresh token over the one kept before', () => {
    expect(takeToken(places('#token=new', 'old').window)).toBe('new');
  });

  it('uses the kept token after a reload, and touches no address', () => {
    const { window, addresses } = places('', 'kept');
    expect(takeToken(window)).toBe('kept');
    expect(addresses).toEqual([]);
  });

  it('answers null without any token, an empty one included', () => {
    expect(takeToken(places('', null).window)).toBeNull();
    expect(takeToken(places('#token=', null).window)).toBeNull();
    expect(takeToken(places('#other=1', null).window)).toBeNull();
  });
});
