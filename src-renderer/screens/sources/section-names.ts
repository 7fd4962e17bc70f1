// The sections about the source, and which of them an address leads to.

export const sectionNames = ['state', 'connection', 'refreshes', 'mapping'] as const;
export type SectionName = (typeof sectionNames)[number];

/** An address that names none of them leads to the first. */
export function sectionAt(name: string): SectionName {
  return sectionNames.find((section) => section === name) ?? 'state';
}
