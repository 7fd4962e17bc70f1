// Rights of a later population that may be those that were to go, written otherwise: in other case or width, or by another id of the person. Pure.
import type { CampaignItem } from '#shared/model/campaign.ts';
import { foldIdentity, identitiesOf, type Identities } from '../aliases.ts';

type Right = Pick<CampaignItem, 'subject' | 'entitlement' | 'resource'>;

export type Lookalikes = {
  /** To be told of every item of the later population. */
  readonly note: (item: Right & Pick<CampaignItem, 'key'>) => void;
  /** To be told of every frozen item that was to stay: it is a right of its own, however alike. */
  readonly forget: (key: string) => void;
  /** Whether one was noted of a right that was to go. */
  readonly has: (item: string) => boolean;
};

/** @param needed the rights that were to go, by key @param identities of the campaign */
export function lookalikesOf(needed: ReadonlyMap<string, Right>, identities: Identities): Lookalikes {
  const nameOf = ({ subject, entitlement, resource }: Right): string =>
    [
      identitiesOf(identities, subject)[0] ?? '',
      foldIdentity(entitlement),
      foldIdentity(resource ?? ''),
    ].join('\0');
  const alike = new Map<string, Set<string>>([...needed.values()].map((right) => [nameOf(right), new Set()]));
  const noted = new Map<string, Set<string>>();
  return {
    note: ({ key, ...right }) => {
      const keys = needed.has(key) ? undefined : alike.get(nameOf(right));
      if (keys === undefined) return;
      keys.add(key);
      noted.set(key, keys);
    },
    forget: (key) => void noted.get(key)?.delete(key),
    has: (item) => {
      const right = needed.get(item);
      return right !== undefined && (alike.get(nameOf(right))?.size ?? 0) > 0;
    },
  };
}
