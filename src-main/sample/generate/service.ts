// The account of a machine, and what it does by the clock.

export interface Service {
  id: string;
  name: string;
  address: string;
  userAgent: string;
  plugin: string;
  target: string;
  jobs: readonly Job[];
}

export interface Job {
  action: string;
  share: number;
  /** UTC hours between which a nightly job runs; null runs round the clock. */
  window: { from: number; to: number } | null;
}
