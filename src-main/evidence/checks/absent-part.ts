// The words for a file that a pack does not have, because it was made before there was one.

export const absentText = (name: string): string =>
  `This pack has no ${name}; it was made by an older version, or there was nothing to put into it.`;
