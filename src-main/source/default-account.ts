// The source account that is meant where none was given.

/** The published default of source_account_id. */
export const defaultSourceAccount = 'primary';
