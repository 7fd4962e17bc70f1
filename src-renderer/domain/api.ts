// The typed client of the contract, handed to every screen through one context.
import { createORPCClient } from '@orpc/client';
import type { ClientLink } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import type { RouterUtils } from '@orpc/tanstack-query';
import type { QueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { contract } from '#shared/contract/contract.ts';

/** Calls carry nothing but their input. */
export type CallContext = Record<string, never>;

export type WorkstationClient = ContractRouterClient<typeof contract, CallContext>;

/** Spelt out: what is inferred has grown beyond what the compiler will write down. */
export type Api = {
  readonly client: WorkstationClient;
  readonly orpc: RouterUtils<WorkstationClient>;
  readonly surroundings: Surroundings;
};

/** Follows a file on its way, and stops it. */
export type TakeWatch = {
  readonly signal?: AbortSignal;
  /** Between 0 and 1. */
  readonly onProgress?: (share: number) => void;
};

/** Where the window runs, as far as a screen may know. */
export type Surroundings = {
  kind: 'desktop' | 'browser';
  takePack: (name: string, watch?: TakeWatch) => Promise<void>;
  takeExport: (name: string) => Promise<void>;
};

export function createApi(link: ClientLink<CallContext>, surroundings: Surroundings): Api {
  const client: WorkstationClient = createORPCClient(link);
  return { client, orpc: createTanstackQueryUtils(client), surroundings };
}

/** Fetches again whatever an act may have changed; asking whether the database answers is not among it. */
export function refetchWorkspace(queryClient: QueryClient): Promise<void> {
  return queryClient.invalidateQueries({
    predicate: ({ queryKey }) => !(Array.isArray(queryKey[0]) && queryKey[0].includes('probe')),
  });
}

export const ApiContext = createContext<Api | null>(null);

export function useApi(): Api {
  const api = useContext(ApiContext);
  if (api === null) throw new Error('A screen was drawn outside the workstation.');
  return api;
}
