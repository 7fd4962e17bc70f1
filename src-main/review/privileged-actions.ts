// Which actions count as privileged until somebody edits the list; events of severity critical always do.

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

/** How long a privileged action may wait for its review: 86,400 s. */
export const reviewTimeToLiveMicroseconds = 86_400_000_000;
