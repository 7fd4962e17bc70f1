// What makes failed logins a finding: the numbers of detector fail_burst.

export interface FailBurstParameters {
  /** Failed logins within the burst window that make a finding: at least so many. */
  readonly failures: number;
  readonly burstMinutes: number;
  /** The same number within this longer time is slow guessing, of low severity; null: not looked for. */
  readonly slowMinutes: number | null;
  /** A success after at least so many failures in a row… */
  readonly failuresBeforeSuccess: number;
  /** …none of which is older than this. */
  readonly successMinutes: number;
  /** So long without a failure ends an episode. */
  readonly quietMinutes: number;
  /** From so many different accounts on it is spraying or enumeration, not guessing. */
  readonly sprayAccounts: number;
  /** A burst with so many failures in its busiest window is of high severity. */
  readonly highFailures: number;
}

export const failBurstParameters: FailBurstParameters = {
  failures: 10,
  burstMinutes: 5,
  slowMinutes: 60,
  failuresBeforeSuccess: 5,
  successMinutes: 30,
  quietMinutes: 30,
  sprayAccounts: 5,
  highFailures: 50,
};
