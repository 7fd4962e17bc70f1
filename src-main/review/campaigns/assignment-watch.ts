// How the work on a campaign's file tells how far it is, and how it is asked to stop.

/** A part of a job: what it was asked to do is done wholly or not at all, so stopping it leaves neither file nor entry. */
export type TravelWatch = {
  readonly signal: AbortSignal;
  /** @param total null where it is not known yet */
  readonly progress: (step: string, done: number, total: number | null, unit: string) => void;
};

/** For work that nobody watches: it goes to its end. */
export const unwatchedTravel: TravelWatch = { signal: new AbortController().signal, progress: () => {} };
