// Which kinds of incident a detector speaks of, to notice when it calls one something that it is not.

/** By detector, in the words incident files use. A detector of plain counts speaks of no kind in particular. */
const kindsByDetector: Readonly<Record<string, readonly string[]>> = {
  fail_burst: [
    'brute_force',
    'password_spray',
    'credential_stuffing',
    'failed_login',
    'enumeration',
    'login_failure',
  ],
  mass: ['bulk_delete', 'mass_delete', 'bulk_export', 'mass_export', 'exfiltration'],
  rare_time: ['after_hours', 'off_hours', 'rare_time'],
  dormant: ['dormant_account', 'dormant'],
  gap: ['log_gap', 'silence', 'gap'],
  sod: ['self_grant', 'sod', 'log_tampering', 'privilege_escalation'],
  first_seen: ['new_network', 'new_ip', 'new_device', 'first_seen', 'new_action'],
  drift: ['slow_export', 'drift', 'slow_exfiltration'],
};

/** Whether a detector's finding says that something is of this kind. A rule named after a kind, such as `service.brute_force`, does. */
export function speaksOf(detector: string, kind: string): boolean {
  if (detector === kind || (kindsByDetector[detector] ?? []).includes(kind)) return true;
  return detector.split(/[.:/]/).at(-1) === kind;
}
