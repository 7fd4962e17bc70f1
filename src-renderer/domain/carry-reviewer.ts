// Gives every act of a window the reviewer it shows, so that nothing is recorded as somebody else's.
import type { ClientLink } from '@orpc/client';
import { isContractProcedure } from '@orpc/contract';
import { z } from 'zod';
import { contract } from '#shared/contract/contract.ts';
import type { CallContext } from './api.ts';

/** @param shownId of the reviewer on screen; null while there is none. */
export function carryingReviewer(
  link: ClientLink<CallContext>,
  shownId: () => string | null,
): ClientLink<CallContext> {
  return {
    call: (path, input, options) => {
      const as = shownId();
      const carries = as !== null && typeof input === 'object' && input !== null && isAct(path);
      return link.call(path, carries ? { ...input, as } : input, options);
    },
  };
}

/** Acts are those that may say whose they are. */
export function isAct(path: readonly string[]): boolean {
  const found = path.reduce<unknown>(
    (within, name) => (typeof within === 'object' && within !== null ? Reflect.get(within, name) : null),
    contract,
  );
  if (!isContractProcedure(found)) return false;
  const { inputSchema } = found['~orpc'];
  return inputSchema instanceof z.ZodObject && 'as' in inputSchema.shape;
}
