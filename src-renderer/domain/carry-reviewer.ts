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
      // An act that needs no more than to be asked for comes without an input.
      const given = input === undefined ? {} : input;
      const carries = as !== null && typeof given === 'object' && given !== null && isAct(path);
      return link.call(path, carries ? { ...given, as } : input, options);
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
  const schema = inputSchema instanceof z.ZodOptional ? inputSchema.unwrap() : inputSchema;
  return schema instanceof z.ZodObject && 'as' in schema.shape;
}
