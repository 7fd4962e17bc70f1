// Takes from a request whom the screen showed as the reviewer; what the request does is then done as theirs.
import { os } from '@orpc/server';
import { z } from 'zod';
import { asShown } from '#shared/contract/base.ts';
import { actingAs } from '../review/shown-reviewer.ts';

const claim = z.object(asShown);

/** What the request is to be otherwise, its own procedure says. */
export const actAsShown = os.middleware(({ next }, input: unknown) => {
  const { data } = claim.safeParse(input);
  return actingAs(data?.as, next);
});
