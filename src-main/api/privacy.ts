// Masking names, looking behind the mask, and erasing a person from the mirror.
import { mkdirSync } from 'node:fs';
import type { PackChoice } from '#shared/contract/pack-choice.ts';
import type { Privacy } from '#shared/model/privacy.ts';
import { Problem } from '#shared/model/problem.ts';
import { externalAuditor, type RedactedPackReport, type RedactionProfile } from '#shared/model/redaction.ts';
import { frozenMentions } from '../review/campaigns/frozen-mentions.ts';
import { changeMask, liftErasure, unmask } from '../review/privacy/acts.ts';
import { keptDirectory } from '../review/privacy/actor-directory.ts';
import { erasePerson } from '../review/privacy/erase-person.ts';
import { privacyKey } from '../review/privacy/privacy-key.ts';
import { describePrivacy } from '../review/privacy/privacy-state.ts';
import { tokenOf } from '../store/erasure/keyed-names.ts';
import type { Workstation } from '../workstation.ts';
import type { JobContext } from './jobs.ts';
import { newPackFile } from './pack-names.ts';
import { requirePackFile } from './pack-work.ts';
import { procedures } from './procedures.ts';
import { redactWork } from './redact-pack.ts';
import { readRedactedRows, revealRows } from './reveal-rows.ts';
import { startAlone } from './start-alone.ts';
import { uploadsOf } from './workstation-uploads.ts';

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
      const person = await whom(workstation, input.actor);
      const frozen = await frozenMentions(workstation.directory, ledger.state().campaigns, person.actor);
      return erasePerson(workstation, key, { ...person, reason: input.reason }, frozen);
    }),
    redact: privacy.redact.handler(({ input: { pack: name, profile = externalAuditor, passphrase } }) => {
      const pack = requirePackFile(workstation, name);
      // Each is another one, with other salts: none takes the place of one that was given away.
      const file = newPackFile(workstation, 'REDACTED', name);
      return redactWork(workstation, { pack, profile, passphrase, file });
    }),
    startRedaction: privacy.startRedaction.handler(({ input }) => ({
      jobId: startAlone(workstation.jobs, 'redact', redactionOf(workstation, input)),
    })),
    redactedRows: privacy.redactedRows.handler(({ input }) => readRedactedRows(workstation, input)),
    reveal: privacy.reveal.handler(({ input, signal }) => revealRows(workstation, input, signal)),
    liftErasure: privacy.liftErasure.handler(({ input }) => {
      liftErasure(ledger, input.pseudonym, input.reason);
      return answer();
    }),
  };
}

type RedactionInput = {
  readonly of: PackChoice;
  readonly profile?: RedactionProfile | undefined;
  readonly passphrase?: string | undefined;
};

function redactionOf(
  workstation: Workstation,
  { of, profile = externalAuditor, passphrase }: RedactionInput,
): (context: JobContext) => Promise<RedactedPackReport> {
  const work = (pack: string, name: string, context: JobContext) => {
    mkdirSync(workstation.packsDirectory, { recursive: true, mode: 0o700 });
    const file = newPackFile(workstation, 'REDACTED', name);
    return redactWork(workstation, { pack, name, profile, passphrase, file }, context);
  };
  if (!('pack' in of)) {
    const uploads = uploadsOf(workstation);
    return (context) =>
      uploads.useFile(
        of.upload,
        async (path) => {
          const made = await work(path, of.name, context);
          await uploads.discard(of.upload);
          return made;
        },
        true,
      );
  }
  const pack = requirePackFile(workstation, of.pack);
  return (context) => work(pack, of.pack, context);
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
