// Masking names, looking behind the mask, and erasing a person from the mirror.
import { join } from 'node:path';
import type { Privacy } from '#shared/model/privacy.ts';
import { Problem } from '#shared/model/problem.ts';
import { externalAuditor } from '#shared/model/redaction.ts';
import { changeMask, liftErasure, unmask } from '../review/privacy/acts.ts';
import { keptDirectory } from '../review/privacy/actor-directory.ts';
import { erasePerson } from '../review/privacy/erase-person.ts';
import { privacyKey } from '../review/privacy/privacy-key.ts';
import { describePrivacy } from '../review/privacy/privacy-state.ts';
import { tokenOf } from '../store/erasure/keyed-names.ts';
import type { Workstation } from '../workstation.ts';
import { requirePackFile } from './pack-work.ts';
import { procedures } from './procedures.ts';
import { redactWork } from './redact-pack.ts';

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- inferred by every other room as well
export function privacyProcedures(workstation: Workstation) {
  const { privacy } = procedures;
  const { ledger, clock } = workstation;
  const answer = (): Privacy =>
    describePrivacy(ledger.state().privacy, new Date(clock.nowMs()).toISOString());
  return {
    get: privacy.get.handler(answer),
    setMask: privacy.setMask.handler(async ({ input }) => {
      changeMask(ledger, await privacyKey(workstation, ledger.state()), input);
      return answer();
    }),
    unmask: privacy.unmask.handler(async ({ input }) => {
      const { reason, minutes } = input;
      const pseudonym = input.actor === null ? null : (await whom(workstation, input.actor)).pseudonym;
      unmask(ledger, { pseudonym, reason, minutes, nowMs: clock.nowMs() });
      return answer();
    }),
    erase: privacy.erase.handler(async ({ input }) => {
      if (workstation.jobs.list().some(({ kind, state }) => kind === 'refresh' && state === 'running'))
        throw new Problem(
          'locked',
          'A refresh is running, which could bring the person back. Nothing was erased.',
          {
            next: 'Wait for it to finish, or cancel it, then try again.',
          },
        );
      const key = await privacyKey(workstation, ledger.state());
      return erasePerson(workstation, key, {
        ...(await whom(workstation, input.actor)),
        reason: input.reason,
      });
    }),
    redact: privacy.redact.handler(({ input: { pack: name, profile = externalAuditor, passphrase } }) => {
      const pack = requirePackFile(workstation, name);
      // Each is another one, with other salts: none takes the place of one that was given away.
      const stem = name.replace(/^PACK-/, '').replace(/\.zip$/, '');
      const file = join(
        workstation.packsDirectory,
        `REDACTED-${stem}-${ledger.newId().slice(-6).toLowerCase()}.zip`,
      );
      return redactWork(workstation, { pack, profile, passphrase, file });
    }),
    liftErasure: privacy.liftErasure.handler(({ input }) => {
      liftErasure(ledger, input.pseudonym, input.reason);
      return answer();
    }),
  };
}

/** Erasing somebody again tidies the file, where that could not be done the first time. */
const isErased = ({ ledger }: Workstation, key: Buffer, actor: string): boolean =>
  ledger.state().privacy.erased.has(tokenOf(key, actor));

/** @throws Problem `not-found` for a pseudonym or id of nobody the mirror knows */
async function whom(
  workstation: Workstation,
  given: string,
): Promise<{ readonly actor: string; readonly pseudonym: string }> {
  const key = await privacyKey(workstation, workstation.ledger.state());
  const directory = keptDirectory(workstation.cache, key);
  const actor =
    directory.actorBehind(given) ??
    (directory.isKnown(given) || isErased(workstation, key, given) ? given : null);
  if (actor !== null) return { actor, pseudonym: directory.pseudonymOf(actor) };
  throw new Problem(
    'not-found',
    'Nobody in the local copy of the events goes by this id or pseudonym. Nothing was changed.',
    {
      next: 'Give the id as the audit events have it, or the pseudonym as a list shows it.',
    },
  );
}
