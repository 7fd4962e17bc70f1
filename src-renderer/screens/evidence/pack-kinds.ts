// What the workstation makes of packs, told by the names it gives.

export const isRedacted = (name: string): boolean => name.startsWith('REDACTED-');

/** Full packs are signed off; what is made of them says nothing of its own. */
export const isSignable = (name: string): boolean => !isRedacted(name);
