// Where the rows of a scope are looked at while it is drafted.
import type { DefinitionDraft } from './definition-draft.ts';

export type RowSource = { from: 'table'; schema: string; table: string } | { from: 'file'; sha256: string };

/** Null while no table or file is chosen, and for activity. */
export function rowSourceOf({ from, schema, table, file }: DefinitionDraft): RowSource | null {
  if (from === 'file') return file === null ? null : { from, sha256: file.sha256 };
  if (from === 'table' && table.trim() !== '' && schema.trim() !== '')
    return { from, schema: schema.trim(), table: table.trim() };
  return null;
}
