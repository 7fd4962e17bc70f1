// Which kinds of actors are machines, by what the source calls them.

const machineTypes = new Set([
  'system',
  'service',
  'plugin',
  'machine',
  'bot',
  'robot',
  'application',
  'app',
  'serviceaccount',
  'service_account',
  'service account',
  'awsservice',
  'workload',
  'daemon',
]);

/** Unknown is not a machine. */
export function isMachineType(actorType: string | null): boolean {
  return machineTypes.has(actorType?.trim().toLowerCase() ?? '');
}
