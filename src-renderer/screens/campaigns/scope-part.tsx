// What is reviewed: rows of a table, of a CSV file, or everything that was done; which column says what, and what is left out.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { SelectField, TextArea, TextField } from '../../components/field.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { useApi, type Api } from '../../domain/api.ts';
import { formatCount } from '../../domain/count-words.ts';
import { FileDrop } from '../../domain/file-drop.tsx';
import { handOver } from '../../domain/pack-file.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { text } from '../../texts/text.ts';
import { ColumnFields, type SourceColumn } from './column-fields.tsx';
import { scopeKinds, type DefinitionDraft } from './definition-draft.ts';
import styles from './definition-form.module.css';
import { FilterRows } from './filter-rows.tsx';
import type { FormPartProps } from './form-part.ts';
import { guessColumns } from './guess-columns.ts';
import { rowSourceOf, type RowSource } from './row-source.ts';

export function ScopePart({ draft, change }: FormPartProps) {
  const columns = useColumns(draft);
  // A field stays what it is while they are on their way; only where nobody can say them are they typed.
  const shown = columns.isError ? null : (columns.data ?? []);
  const tables = useTables(draft.from === 'table');
  // It is said once, where the table is chosen.
  const isAway = draft.from === 'table' && tables.isError;
  return (
    <>
      <Segmented
        label={text('campaigns:define.scope.from')}
        value={draft.from}
        choices={scopeKinds.map((kind) => ({ value: kind, label: text(`campaigns:scope.${kind}.label`) }))}
        onChange={(from) => change({ from })}
      />
      <p className={styles.note}>{text(`campaigns:scope.${draft.from}.meaning`)}</p>
      {draft.from === 'table' && <TableChoice draft={draft} change={change} found={tables} />}
      {draft.from === 'file' && <FileChoice draft={draft} change={change} />}
      {draft.from === 'activity' ? (
        <TextArea
          label={text('campaigns:define.scope.actorTypes')}
          hint={text('campaigns:define.scope.actorTypesHint')}
          rows={3}
          value={draft.actorTypes}
          onChange={(event) => change({ actorTypes: event.target.value })}
        />
      ) : (
        <>
          {!isAway && <ProblemNotice error={columns.error} />}
          {rowSourceOf(draft) === null ? null : (
            <>
              <ColumnFields draft={draft} change={change} columns={shown} />
              <FilterRows draft={draft} change={change} columns={shown} />
            </>
          )}
        </>
      )}
    </>
  );
}

function useColumns(draft: FormPartProps['draft']) {
  const { orpc } = useApi();
  const source = rowSourceOf(draft);
  return useQuery({
    ...columnsQuery(orpc, source ?? { from: 'table', schema: '?', table: '?' }),
    enabled: source !== null,
  });
}

const columnsQuery = (orpc: Api['orpc'], source: RowSource) => ({
  ...orpc.campaignSources.columns.queryOptions({ input: source }),
  retry: false,
});

function useTables(isAsked: boolean) {
  const { orpc } = useApi();
  return useQuery({ ...orpc.campaignSources.tables.queryOptions(), enabled: isAsked, retry: false });
}

/** Without the database the names can still be typed. */
function TableChoice({ draft, change, found }: FormPartProps & { found: ReturnType<typeof useTables> }) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const choose = useMutation({
    mutationFn: (at: { schema: string; table: string }) => {
      change({ ...at, columns: {} });
      return queryClient.fetchQuery(columnsQuery(orpc, { from: 'table', ...at }));
    },
    onSuccess: (columns, at) =>
      change((now) => (isChosen(now, at) ? { columns: proposed(now, columns) } : {})),
  });
  if (found.data === undefined)
    return (
      <>
        {found.isPending && <p className={styles.note}>{text('campaigns:define.scope.looking')}</p>}
        <ProblemNotice error={found.error} />
        {found.isError && (
          <div className={styles.two}>
            <TextField
              label={text('campaigns:define.scope.schema')}
              value={draft.schema}
              onChange={(event) => change({ schema: event.target.value })}
            />
            <TextField
              label={text('campaigns:define.scope.tableName')}
              value={draft.table}
              onChange={(event) => change({ table: event.target.value })}
            />
          </div>
        )}
      </>
    );
  const { tables, more } = found.data;
  const value = tables.findIndex(({ schema, table }) => schema === draft.schema && table === draft.table);
  return (
    <>
      <SelectField
        label={text('campaigns:define.scope.table')}
        hint={more ? text('campaigns:define.scope.moreTables') : undefined}
        value={draft.table === '' ? '' : String(value)}
        onChange={(event) => {
          const chosen = tables[Number(event.target.value)];
          if (event.target.value !== '' && chosen)
            choose.mutate({ schema: chosen.schema, table: chosen.table });
        }}
      >
        <option value="">{text('campaigns:define.scope.chooseTable')}</option>
        {draft.table !== '' && value === -1 && (
          <option value="-1">{visibleText(`${draft.schema}.${draft.table}`)}</option>
        )}
        {[...Map.groupBy(tables, ({ schema }) => schema)].map(([schema, ofSchema]) => (
          <optgroup key={schema} label={visibleText(schema)}>
            {ofSchema.map((one) => (
              <option key={one.table} value={tables.indexOf(one)}>
                {tableWords(one)}
              </option>
            ))}
          </optgroup>
        ))}
      </SelectField>
      <ProblemNotice error={choose.error} />
    </>
  );
}

const isChosen = (now: DefinitionDraft, at: { schema: string; table: string }): boolean =>
  now.from === 'table' && now.schema === at.schema && now.table === at.table;

/** What somebody chose meanwhile stays. */
const proposed = (
  { columns }: DefinitionDraft,
  found: readonly SourceColumn[],
): DefinitionDraft['columns'] => ({
  ...guessColumns(found.map(({ name }) => name)),
  ...columns,
});

function tableWords({ table, kind, rows }: { table: string; kind: 'table' | 'view'; rows: number | null }) {
  const name = visibleText(table);
  if (kind === 'view') return text('campaigns:define.scope.view', { name });
  return rows === null
    ? name
    : text('campaigns:define.scope.tableRows', { name, rows: formatCount(rows), count: rows });
}

/** The bytes are kept in the workspace at once; the campaign names them by their hash. */
function FileChoice({ draft, change }: FormPartProps) {
  const { client } = useApi();
  const [share, setShare] = useState(0);
  const keep = useMutation({
    networkMode: 'always',
    mutationFn: async (file: File) => {
      setShare(0);
      const upload = await handOver(client.evidence, file, setShare);
      return client.campaigns.keepFile({ upload, name: file.name });
    },
    onSuccess: ({ name, sha256, columns }) =>
      change((now) => ({
        file: { name, sha256 },
        ...(now.from === 'file' && { columns: guessColumns(columns) }),
      })),
  });
  return (
    <>
      <FileDrop
        label={text('campaigns:define.scope.file')}
        accept=".csv,text/csv"
        file={null}
        onFile={(file) => file !== null && keep.mutate(file)}
      />
      {keep.isPending && (
        <ProgressBar label={text('campaigns:define.scope.handingOver')} share={share < 1 ? share : null} />
      )}
      <ProblemNotice error={keep.error} />
      {draft.file !== null && (
        <output>
          {text('campaigns:define.scope.fileKept', { name: visibleText(draft.file.name) })}{' '}
          {keep.data !== undefined && text('campaigns:define.scope.fileRows', { count: keep.data.rows })}{' '}
          <code className={styles.hash}>{draft.file.sha256}</code>
        </output>
      )}
    </>
  );
}
