// The controls this evidence is meant for, by framework: a claim of whoever prepares the pack, and not a certification.

export type Control = {
  readonly framework: string;
  readonly control: string;
  readonly title: string;
};

/** What reviews of privileged actions and of unusual activity are usually asked for. */
export const defaultControls: readonly Control[] = [
  {
    framework: 'SOC 2',
    control: 'CC6.1–CC6.3',
    title: 'Logical access is restricted, reviewed periodically, and removed when no longer appropriate.',
  },
  {
    framework: 'SOC 2',
    control: 'CC7.2',
    title: 'Anomalies are monitored and analysed to determine whether they are security events.',
  },
  {
    framework: 'ISO/IEC 27001:2022',
    control: 'A.5.18, A.8.2',
    title: 'Access rights, and privileged ones in particular, are reviewed and corrected.',
  },
  {
    framework: 'ISO/IEC 27001:2022',
    control: 'A.8.15, A.8.16',
    title: 'Logs are protected and analysed; anomalous behaviour is monitored and evaluated.',
  },
  {
    framework: 'PCI DSS 4.0.1',
    control: '7.2.4',
    title: 'User accounts and their access are reviewed at least every six months, and findings addressed.',
  },
  {
    framework: 'PCI DSS 4.0.1',
    control: '10.4',
    title: 'Audit logs are reviewed; exceptions and anomalies are addressed.',
  },
  {
    framework: 'HIPAA Security Rule',
    control: '164.308(a)(1)(ii)(D), 164.308(a)(4)',
    title: 'Records of system activity are reviewed regularly; access is authorised and modified by rule.',
  },
  {
    framework: 'HIPAA Security Rule',
    control: '164.312(b)',
    title: 'Activity in systems with health information is recorded and examined.',
  },
  {
    framework: 'NIST SP 800-53 Rev. 5',
    control: 'AC-2, AC-6(7)',
    title: 'Accounts and privileges are reviewed at a set frequency and removed when not needed.',
  },
  {
    framework: 'NIST SP 800-53 Rev. 5',
    control: 'AU-6',
    title: 'Audit records are reviewed and analysed for unusual activity, and the results reported.',
  },
];
