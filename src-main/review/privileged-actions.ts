// Which actions count as privileged until somebody edits the list; events of severity critical always do.

import type { Review } from '#shared/model/review.ts';

/** The published scorer's list, and the event types of the published audit log that change rights or reach secrets. */
export const defaultPrivilegedActions: readonly string[] = [
  'role_grant',
  'plugin_install',
  'schema_alter',
  'gdpr_delete',
  'privilege.change',
  'secret.accessed',
  'plugin.installed',
  'plugin.uninstalled',
];

/** Certifying such an item says that a right or a secret was used as it should be, and needs a reason. */
export const isPrivilegedItem = (
  { action, severity }: Pick<Review, 'action' | 'severity'>,
  privilegedActions: readonly string[],
): boolean => severity === 'critical' || privilegedActions.includes(action);

/** How long a privileged action may wait for its review: 86,400 s. */
export const reviewTimeToLiveMicroseconds = 86_400_000_000;
