// Stands between every door and every handler: while names are masked, no answer holds one. What handlers check, they check on ids.
import { os } from '@orpc/server';
import { keptDirectory } from '../review/privacy/actor-directory.ts';
import { maskAnswer, unmaskRequest, type Mask } from '../review/privacy/mask.ts';
import { privacyKey } from '../review/privacy/privacy-key.ts';
import { unmaskedNow } from '../review/privacy/privacy-state.ts';
import type { Workstation } from '../workstation.ts';

/** About the workspace, its keys and its packs; none of them is about an actor. */
const openRooms = new Set(['workspace', 'keys', 'trust', 'grants', 'privacy', 'evidence', 'source']);

/** Their requests are handed on to another procedure as they are, and stand in the files they write. */
const passedOn = new Set(['exported']);

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- spelled out, the type of a middleware says less
export function maskAnswers(workstation: Workstation) {
  return os.middleware(async ({ next, path }, input, output) => {
    const { clock, ledger } = workstation;
    const state = ledger.state();
    const room = path[0] ?? '';
    const isOpen = openRooms.has(room) && path.join('.') !== 'source.preview';
    if (isOpen || !state.privacy.isMasked) return next();
    const shown = unmaskedNow(state.privacy, new Date(clock.nowMs()).toISOString());
    // With everybody shown, pseudonyms that are still on a screen have to work all the same.
    const key = await privacyKey(workstation, state);
    const before = keptDirectory(workstation.cache, key);
    if (!passedOn.has(room)) putIds(input, before.actorBehind);
    const result = await next();
    if (shown === null) return result;
    return output(maskAnswer(result.output, maskOf(keptDirectory(workstation.cache, key), shown)));
  });
}

function maskOf(directory: ReturnType<typeof keptDirectory>, shown: ReadonlySet<string>): Mask {
  const actor = (id: string) => {
    const pseudonym = directory.pseudonymOf(id);
    return shown.has(pseudonym) ? id : pseudonym;
  };
  return {
    actor,
    known: (text) => {
      const id = directory.actorNamed(text);
      if (id === null) return null;
      const pseudonym = actor(id);
      return pseudonym === id ? null : pseudonym;
    },
  };
}

/** A middleware cannot hand another request on, so the members of this one are exchanged. */
function putIds(request: unknown, actorBehind: (pseudonym: string) => string | null): void {
  if (typeof request !== 'object' || request === null) return;
  for (const [name, value] of Object.entries(request)) {
    const meant = unmaskRequest(value, actorBehind);
    if (JSON.stringify(meant) !== JSON.stringify(value)) Object.assign(request, { [name]: meant });
  }
}
