// Where an address is, as far as a local file knows.

export interface Location {
  /** Degrees, −90 to 90. */
  readonly latitude: number;
  /** Degrees, −180 to 180. */
  readonly longitude: number;
  /** As the file names it; null where it does not say. */
  readonly country: string | null;
}

/** Null for an address the file does not know, or a text that is no address. */
export type GeoLookup = (ip: string) => Location | null;
