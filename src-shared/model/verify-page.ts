// What verify.html and the verifier inside it say to each other. `Content` is whatever holds the bytes of a file: a Blob, there.
import type { Verification } from './evidence.ts';

export type GivenPack<Content> =
  | { readonly kind: 'zip'; readonly content: Content }
  | {
      readonly kind: 'folder';
      /** Paths inside the pack, with forward slashes. */
      readonly files: readonly { readonly name: string; readonly content: Content }[];
    };

export type PageQuestion<Content> = {
  readonly pack: GivenPack<Content>;
  /** A list of allowed signers, by hand or an organisation's. */
  readonly signers: Content | null;
  /** The signature over that list, to be held against the root key. */
  readonly listSignature: Content | null;
  /** A public key, its fingerprint, or the words of one; empty when there is none. */
  readonly rootKey: string;
  /** Lists of revoked keys, plain or binary. */
  readonly revoked: readonly Content[];
  /** The fingerprint, or its words, that the signer told by another way; empty when there is none. */
  readonly compared: string;
  /** ISO instant of the verification. */
  readonly now: string;
  /** IANA zone for times without one in the list of signers. */
  readonly zone: string;
};

/** How a person compares a key with its owner by telephone. */
export type KeyComparison = {
  readonly identity: string;
  readonly fingerprint: string;
  readonly hexGroups: string;
  readonly words: string;
};

/** What a verification went by, so that a printed one can be repeated. Hex SHA-256 each. */
export type VerifiedInputs = {
  /** Of the pack file; null for a folder. */
  readonly pack: string | null;
  readonly signers: string | null;
  readonly revoked: readonly string[];
};

export type PageAnswer =
  | { readonly kind: 'progress'; readonly step: string; readonly share: number }
  | {
      readonly kind: 'verified';
      readonly verification: Verification;
      /** Names of checks that can only be made elsewhere, although nothing speaks against the pack. */
      readonly notChecked: readonly string[];
      /** What is to be known about the lists it was verified with. */
      readonly notes: readonly string[];
      readonly comparison: KeyComparison | null;
      readonly inputs: VerifiedInputs;
    }
  | { readonly kind: 'problem'; readonly message: string; readonly next: string | null };
