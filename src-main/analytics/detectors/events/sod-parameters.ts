// How far detector sod looks, and what it folds together.

export interface SodParameters {
  /** How long before an approval the creation or request may lie. */
  readonly approvalDays: number;
  /** Changes of one kind by one actor with less quiet between them are one finding. */
  readonly quietMinutes: number;
}

export const sodParameters: SodParameters = { approvalDays: 30, quietMinutes: 30 };
