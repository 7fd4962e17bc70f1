// Whether the signing key has to be asked for: not while it is unlocked for this session, in a keychain or in an agent.
import { useQuery } from '@tanstack/react-query';
import { useApi } from './api.ts';

/** How often the window looks whether an idle key was locked meanwhile. */
const lookAgainMs = 30_000;

export function useKeySession() {
  const { orpc } = useApi();
  return useQuery(orpc.keys.session.queryOptions({ refetchInterval: lookAgainMs }));
}

/** True when signing needs the passphrase typed now. */
export function useAsksPassphrase(): boolean {
  const { data } = useKeySession();
  return data?.needsPassphrase === true && !data.isUnlocked;
}
