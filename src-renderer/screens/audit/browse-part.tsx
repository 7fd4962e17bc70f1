// Looks through the lists of the pack, with the row in view in full beside them.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useRef } from 'react';
import { packSections, type PackRow, type PackRows } from '#shared/model/work-papers.ts';
import { Button } from '../../components/button.tsx';
import { DataGrid } from '../../components/data-grid.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { gridColumns, useGridTable } from '../../components/grid-table.ts';
import { ListBesideDetail } from '../../components/list-beside-detail.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { useApi } from '../../domain/api.ts';
import { sectionNames } from '../../domain/audit-words.ts';
import { formatCount } from '../../domain/count-words.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useAuditView } from '../../state/audit-view.ts';
import { text } from '../../texts/text.ts';
import styles from './audit-screen.module.css';
import { RowDetail } from './row-detail.tsx';

const rowsAtOnce = 200;
const noRows: readonly PackRow[] = [];
const noColumns: readonly string[] = [];
const column = gridColumns<PackRow>();
const rowKey = (row: PackRow) => row.key;

export function BrowsePart({ isLookOnly }: { isLookOnly: boolean }) {
  const { row: chosen, choose, section } = useAuditView();
  const rows = usePackRows();
  const detail = useRef<HTMLElement>(null);
  const columns = useGridColumns(rows.data?.columns ?? noColumns);
  const table = useGridTable(rows.data?.rows ?? noRows, columns, rowKey);
  const selected = rows.data?.rows.find(({ key }) => key === chosen) ?? null;
  return (
    <ListBesideDetail
      listName={text('audit:browse.section', { section: sectionNames[section] })}
      head={
        <div className={styles.head}>
          <Filters page={rows.data} />
          <ProblemNotice error={rows.error} />
          <Paging page={rows.data} />
        </div>
      }
      list={
        <DataGrid
          label={sectionNames[section]}
          table={table}
          widths={columns.map(() => undefined)}
          leastWidth={620}
          selectedId={chosen}
          onSelect={(row) => choose({ row })}
          onOpen={() => detail.current?.focus()}
          empty={
            rows.isPending ? (
              <EmptyState title={text('audit:browse.loading')} />
            ) : (
              <EmptyState title={text('audit:browse.none')} />
            )
          }
        />
      }
      detail={
        selected === null ? (
          <EmptyState title={text('audit:browse.choose')} />
        ) : (
          <RowDetail
            key={`${section} ${selected.key}`}
            section={section}
            row={selected}
            isLookOnly={isLookOnly}
          />
        )
      }
      detailRef={detail}
    />
  );
}

function usePackRows() {
  const { orpc } = useApi();
  const { section, text, facet, offset } = useAuditView();
  const wanted = useDeferredValue(text.trim());
  const input = {
    section,
    offset,
    limit: rowsAtOnce,
    ...(wanted === '' ? {} : { text: wanted }),
    ...(facet === null ? {} : { facet }),
  };
  // The pack never changes.
  return useQuery(
    orpc.audit.rows.queryOptions({ input, staleTime: Infinity, placeholderData: keepPreviousData }),
  );
}

/** The pack names its own columns, one list other ones than the next. */
function useGridColumns(names: readonly string[]) {
  return useMemo(
    () =>
      column.columns(
        names.map((name, index) =>
          column.accessor((row) => row.cells[index] ?? '', {
            id: name,
            header: name,
            cell: ({ row }) => (
              <Verbatim value={row.original.cells[index] ?? null} missing={text('audit:none')} />
            ),
          }),
        ),
      ),
    [names],
  );
}

function Filters({ page }: { page: PackRows | undefined }) {
  const { section, text: search, facet, narrow } = useAuditView();
  return (
    <div className={styles.filters}>
      <SelectField
        label={text('audit:browse.list')}
        value={section}
        onChange={({ target }) =>
          narrow({ section: packSections.find((one) => one === target.value) ?? section })
        }
      >
        {packSections.map((one) => (
          <option key={one} value={one}>
            {sectionNames[one]}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={page?.facetName ?? text('audit:browse.kind')}
        value={facet === null ? 'all' : `is:${facet}`}
        onChange={({ target }) =>
          narrow({ facet: target.value === 'all' ? null : target.value.slice('is:'.length) })
        }
      >
        <option value="all">{text('audit:browse.all')}</option>
        {page?.facets.map(({ value, count }) => (
          <option key={value} value={`is:${value}`}>
            {`${visibleText(value)} (${formatCount(count)})`}
          </option>
        ))}
      </SelectField>
      <TextField
        label={text('audit:browse.search')}
        type="search"
        maxLength={200}
        value={search}
        onChange={(event) => narrow({ text: event.target.value })}
      />
    </div>
  );
}

function Paging({ page }: { page: PackRows | undefined }) {
  const { offset, narrow } = useAuditView();
  if (page === undefined) return null;
  const last = offset + page.rows.length;
  return (
    <div className={styles.actions}>
      <output className={styles.note}>
        {page.matching === 0
          ? text('audit:browse.noneOf', { total: formatCount(page.total) })
          : text('audit:browse.range', {
              from: formatCount(offset + 1),
              to: formatCount(last),
              matching: formatCount(page.matching),
              total: formatCount(page.total),
            })}
      </output>
      {offset > 0 && (
        <Button size="small" onClick={() => narrow({ offset: Math.max(0, offset - rowsAtOnce) })}>
          {text('audit:browse.earlier')}
        </Button>
      )}
      {last < page.matching && (
        <Button size="small" onClick={() => narrow({ offset: last })}>
          {text('audit:browse.further')}
        </Button>
      )}
    </div>
  );
}
