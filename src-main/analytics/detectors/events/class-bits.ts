// The classes of actions that detectors of events tell apart.

/** Bits; an action may belong to several classes. */
export const actionClass = {
  /** Somebody tried to sign in. */
  signIn: 1,
  /** The name says that it did not work. */
  failed: 2,
  /** The name does not say whether it worked (“login.attempt”): only an outcome does. */
  needsOutcome: 4,
  /** The name says that there is no such account. */
  unknownAccount: 8,
  deletion: 16,
  export: 32,
  /** Changes what somebody may do. */
  privilegeChange: 64,
  /** A privilege change that gives, or may give, more. */
  grant: 128,
  /** Renews a means to sign in: keys, passwords, factors. */
  credentialChange: 256,
  /** Changes what is logged or kept. */
  auditChange: 512,
  /** …and ends, deletes or clears it. */
  auditDisabling: 1024,
  /** …and begins or extends it. */
  auditEnabling: 2048,
  /** Makes or asks for something that can be approved. */
  creation: 4096,
  approval: 8192,
} as const;
