// Words by which a source says yes and no, the same in a table and in a file; lower case, and anything else says neither.

export const yesWords = ['t', 'true', 'y', 'yes', '1', 'on', 'active', 'enabled'] as const;

export const noWords = [
  'f',
  'false',
  'n',
  'no',
  '0',
  'off',
  'inactive',
  'disabled',
  'terminated',
  'ended',
  'deleted',
  'suspended',
] as const;
