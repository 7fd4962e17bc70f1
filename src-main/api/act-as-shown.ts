// Takes from a request whom the screen showed as the reviewer; what the request does is then done as theirs.
import { os } from '@orpc/server';
import { z } from 'zod';
import { asShown } from '#shared/contract/base.ts';
import { actingAs, presentActor } from '../review/shown-reviewer.ts';
import type { Workstation } from '../workstation.ts';

const claim = z.object(asShown);

/**
 * What the request is to be otherwise, its own procedure says. Asked here for all of them, because sending, connecting or exporting
 * ask nobody who reviews; those that record as the reviewer ask again under the ledger's lock.
 */
// oxlint-disable-next-line typescript/explicit-module-boundary-types -- spelled out, the type of a middleware says less
export function actAsShown({ ledger }: Pick<Workstation, 'ledger'>) {
  return os.middleware(({ next }, input: unknown) => {
    const { data } = claim.safeParse(input);
    return actingAs(data?.as, () => {
      if (data?.as !== undefined) presentActor(ledger.state());
      return next();
    });
  });
}
