// Which keys of an ssh-agent can be chosen, and how people tell them apart.
import type { AgentKey } from '#shared/model/keys.ts';
import { text } from '../texts/text.ts';

/** The keys of an agent that can sign here, named so that people tell them apart. */
export function agentChoices(offered: readonly AgentKey[]): { fingerprint: string; label: string }[] {
  return offered.flatMap(({ fingerprint, unusable, comment, needsTouch }) =>
    fingerprint === null || unusable !== null
      ? []
      : [
          {
            fingerprint,
            label: `${needsTouch ? text('domain:agent.securityKey') : 'ssh-agent'}: ${comment === '' ? text('domain:agent.unnamed') : comment} (${fingerprint.slice(0, 15)}…)`,
          },
        ],
  );
}
