// What makes deletions and exports a finding: the numbers of detector mass.

export interface MassParameters {
  /** Deletions and exports of one actor within the window: at least so many. */
  readonly count: number;
  readonly windowMinutes: number;
  /** So long without any ends an episode. */
  readonly quietMinutes: number;
  /** A window with so many is of high severity. */
  readonly highCount: number;
  /** Nights (days) looked back at for the same at the same hour… */
  readonly routineDays: number;
  /** …of which at least so many had an equal or larger window, for it to be routine. */
  readonly routineNights: number;
  /** How far the local hours of the two may lie apart. */
  readonly routineHours: number;
}

export const massParameters: MassParameters = {
  count: 50,
  windowMinutes: 5,
  quietMinutes: 30,
  highCount: 100,
  routineDays: 28,
  routineNights: 3,
  routineHours: 1,
};
