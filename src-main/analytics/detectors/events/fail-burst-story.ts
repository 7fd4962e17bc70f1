// Tells an episode of failed logins: the evidence, and the sentences made of it.
import { formatInstant } from '#shared/time/instant.ts';
import type { Entity, Evidence, Explanation } from '../../detector.ts';
import type { FailBurstParameters } from './fail-burst-parameters.ts';
import type { LoginEpisode } from './login-episodes.ts';
import type { LoginSummary, NamedCount } from './login-summary.ts';
import { counted, hourOf, listed, named, wholeUnits } from './wording.ts';

/** Names beyond these are counted, not listed. */
const listedNames = 50;

export type FailBurstKind = 'guessing' | 'spray' | 'enumeration' | 'distributed';

/**
 * Many accounts from one address are enumeration when most of them do not exist, else spraying; one account from many addresses
 * is guessed at by many; anything else is guessing.
 */
function kindOf(entity: Entity, summary: LoginSummary, many: number): FailBurstKind {
  if (entity.kind === 'ip' && summary.accounts.length >= many)
    return summary.unknownAccounts * 2 > summary.failures ? 'enumeration' : 'spray';
  return entity.kind === 'actor' && summary.addresses.length >= many ? 'distributed' : 'guessing';
}

export function describeFailBurst(
  entity: Entity,
  episode: LoginEpisode,
  summary: LoginSummary,
  parameters: FailBurstParameters,
  zone: string,
  knowsAddresses: boolean,
): { readonly evidence: Evidence; readonly explanation: Explanation } {
  const { value, unit } = wholeUnits(summary.lastFailureMicroseconds - summary.firstMicroseconds);
  const evidence = {
    deterministic: true,
    kind: kindOf(entity, summary, parameters.sprayAccounts),
    trigger: episode.trigger,
    failures: summary.failures,
    failuresBeforeMidnight: summary.failuresBeforeMidnight,
    failuresOfUnknownAccounts: summary.unknownAccounts,
    busiestBurst: summary.busiestBurst,
    busiestSlow: summary.busiestSlow,
    distinctAccounts: summary.accounts.length,
    accounts: firstNames(summary.accounts),
    failuresUnattributed: summary.unattributed,
    distinctAddresses: summary.addresses.length,
    addresses: firstNames(summary.addresses),
    failuresWithoutAddress: summary.withoutAddress,
    isMachine: summary.isMachine,
    firstFailureAt: formatInstant(summary.firstMicroseconds),
    lastFailureAt: formatInstant(summary.lastFailureMicroseconds),
    lasted: `${value} ${unit}s`,
    beganIn: hourOf(summary.firstMicroseconds, zone),
    success: successEvidence(summary.success),
    knowsAddresses,
    parameters: { ...parameters },
  };
  return { evidence, explanation: explain(entity, summary, evidence, parameters, { value, unit }) };
}

function successEvidence(success: LoginSummary['success']): Evidence | null {
  if (success === null) return null;
  const { microseconds, ...rest } = success;
  return { at: formatInstant(microseconds), ...rest };
}

function firstNames(names: readonly NamedCount[]): { name: string; count: number }[] {
  return names.slice(0, listedNames).map(({ name, count }) => ({ name, count }));
}

type FailBurstEvidence = Evidence & { readonly kind: FailBurstKind; readonly beganIn: string };

function explain(
  entity: Entity,
  summary: LoginSummary,
  evidence: FailBurstEvidence,
  parameters: FailBurstParameters,
  lasted: { readonly value: number; readonly unit: string },
): Explanation {
  const who = listed(summary.accounts.map(({ name }) => named(name)));
  const from = listed(summary.addresses.map(({ name }) => named(name)));
  const failures = counted(summary.failures, 'failed login');
  const subject =
    entity.kind === 'ip'
      ? `${failures} from ${named(entity.value)}${who === '' ? '' : `, of ${who}`}`
      : `${failures} of ${named(entity.value)}${from === '' ? '' : `, from ${from}`}`;
  return {
    what: `${subject}, within ${counted(lasted.value, lasted.unit)}, beginning ${evidence.beganIn}.${successSentence(summary)}`,
    expected: null,
    unusual: unusualSentence(summary, parameters),
    comparedWith: null,
    alsoSeen: alsoSeen(entity, summary, evidence.kind),
    confidence: confidence(summary, evidence),
    method: methodSentence(parameters),
    wouldChange: `It would not be listed with fewer than ${parameters.failures} failures within ${parameters.slowMinutes ?? parameters.burstMinutes} minutes and no success after ${parameters.failuresBeforeSuccess} in a row. Feedback does not change this rule; only an approved exception silences it.`,
  };
}

function successSentence({ success }: LoginSummary): string {
  if (success === null) return '';
  const who = success.actor === '' ? 'somebody unnamed' : named(success.actor);
  const from = success.address === null ? '' : ` from ${named(success.address)}`;
  const after = `after ${counted(success.failuresBefore, 'failure')} in a row`;
  const stranger = success.hadFailed ? '' : ' None of the failures was theirs.';
  return ` Then ${who} got in${from}, ${after}.${stranger}`;
}

function unusualSentence(
  { busiestBurst, busiestSlow }: LoginSummary,
  parameters: FailBurstParameters,
): string {
  const { failures, burstMinutes, slowMinutes } = parameters;
  const burst = `The busiest ${burstMinutes} minutes had ${busiestBurst}; ${failures} make a burst.`;
  if (slowMinutes === null || busiestBurst >= failures) return burst;
  return `${burst} The busiest ${slowMinutes} minutes had ${busiestSlow}; ${failures} make slow guessing.`;
}

function alsoSeen(entity: Entity, summary: LoginSummary, kind: FailBurstKind): string | null {
  const accounts = counted(summary.accounts.length, 'account');
  if (kind === 'enumeration')
    return `${accounts} were tried, and ${counted(summary.unknownAccounts, 'failure')} named an account that does not exist: somebody looks for accounts.`;
  if (kind === 'spray') return `${accounts} were tried: somebody tries a few passwords on many accounts.`;
  if (kind === 'distributed')
    return `The failures came from ${counted(summary.addresses.length, 'address', 'addresses')}.`;
  return entity.kind === 'ip' && summary.unattributed > 0
    ? `${counted(summary.unattributed, 'failure')} named no account.`
    : null;
}

function confidence(summary: LoginSummary, evidence: FailBurstEvidence): string | null {
  const sentences: string[] = [];
  if (summary.isMachine)
    sentences.push(
      'The actor is a machine and used one address: a changed password is likelier than guessing.',
    );
  if (summary.failuresBeforeMidnight > 0)
    sentences.push(`${counted(summary.failuresBeforeMidnight, 'failure')} came before midnight (UTC).`);
  if (evidence.knowsAddresses === false)
    sentences.push('Addresses are not mirrored, so failures were not counted by address.');
  return sentences.length === 0 ? null : sentences.join(' ');
}

function methodSentence(parameters: FailBurstParameters): string {
  const { failures, burstMinutes, slowMinutes, failuresBeforeSuccess, successMinutes, quietMinutes } =
    parameters;
  const slow = slowMinutes === null ? '' : `, or within ${slowMinutes} minutes (slow)`;
  return `fail_burst/1: at least ${failures} failed logins within ${burstMinutes} minutes${slow}, or a success after at least ${failuresBeforeSuccess} in a row within ${successMinutes} minutes; by actor and by address; ${quietMinutes} quiet minutes end an episode.`;
}
