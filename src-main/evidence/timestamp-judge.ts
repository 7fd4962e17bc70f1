// What a judge of timestamps is asked, and what it may answer.

/** An RFC 3161 token beside a signature file. */
export type TimestampQuestion = {
  /** The stored file: a TimeStampResp in DER. */
  readonly token: Uint8Array;
  /** The signature file that it must be about. */
  readonly signature: Uint8Array;
};

export type TimestampAnswer =
  | {
      /** `trusted`: a named authority vouches for the time. `unchecked`: nobody was named, so nothing is known. */
      readonly standing: 'trusted' | 'unchecked';
      /** Seconds since the epoch by which the signature existed, with the authority's stated inaccuracy added. */
      readonly at: number;
      /** Name in the certificate; a claim unless trusted. */
      readonly authority: string;
    }
  | {
      readonly standing: 'refused';
      readonly fault: 'tampered' | 'malformed' | 'unpinned';
      /** A sentence about the token. */
      readonly reason: string;
    };

export type TimestampJudge = (question: TimestampQuestion) => TimestampAnswer;
