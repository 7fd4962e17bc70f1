// The tables as they were when the workspace was connected: rights and row security in words, columns and policies to open.
import type { RememberedSource, RememberedTable } from '#shared/model/source-health.ts';
import { ScrollRegion } from '../../components/scroll-region.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { text } from '../../texts/text.ts';
import styles from './remembered-tables.module.css';

const roles = ['events', 'reviews', 'anomalies'] as const;

export function RememberedTables({ source }: { source: RememberedSource }) {
  return roles.map((role) => {
    const table = source[role];
    return table === null ? null : (
      <TableReport key={role} title={text(`sources:table.${role}`)} table={table} />
    );
  });
}

function TableReport({ title, table }: { title: string; table: RememberedTable }) {
  return (
    <section className={styles.table} aria-label={title}>
      <h3>
        {title} <code className={styles.name}>{visibleText(table.table)}</code>
      </h3>
      <p className={styles.sentence}>{table.sentences.map(visibleText).join(' ')}</p>
      <details>
        <summary>{text('sources:table.columns', { count: table.columns.length })}</summary>
        <Columns table={table} />
      </details>
      {table.policies.length > 0 && (
        <details>
          <summary>{text('sources:table.policies', { count: table.policies.length })}</summary>
          <Policies policies={table.policies} />
        </details>
      )}
    </section>
  );
}

function Columns({ table: { table, columns } }: { table: RememberedTable }) {
  return (
    <ScrollRegion label={text('sources:table.columnsOf', { table })}>
      <table className={styles.grid}>
        <thead>
          <tr>
            <th scope="col">{text('sources:table.column')}</th>
            <th scope="col">{text('sources:table.type')}</th>
            <th scope="col">{text('sources:table.reads')}</th>
            <th scope="col">{text('sources:table.rights')}</th>
          </tr>
        </thead>
        <tbody>
          {columns.map((column) => (
            <tr key={column.name}>
              <th scope="row">
                <Verbatim value={column.name} />
              </th>
              <td>
                <code>{column.type}</code>
                {column.nullable && `, ${text('sources:table.nullable')}`}
              </td>
              <td>{column.fields.map((field) => text(`sources:field.${field}`)).join(', ') || '–'}</td>
              <td>{rightsOf(column)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function rightsOf({ canSelect, canUpdate }: RememberedTable['columns'][number]): string {
  const rights = [
    ...(canSelect ? [text('sources:table.select')] : []),
    ...(canUpdate ? [text('sources:table.update')] : []),
  ];
  return rights.length === 0 ? text('sources:table.noRight') : rights.join(', ');
}

function Policies({ policies }: Pick<RememberedTable, 'policies'>) {
  return (
    <ul className={styles.policies}>
      {policies.map(({ name, command, permissive, roles: whom, using, check }) => (
        <li key={name}>
          <strong>
            <Verbatim value={name} />
          </strong>{' '}
          {text(permissive ? 'sources:table.policy' : 'sources:table.restrictive', {
            command,
            roles: visibleText(whom.join(', ')),
          })}
          {using !== null && (
            <code className={styles.condition}>
              {visibleText(text('sources:table.using', { condition: using }))}
            </code>
          )}
          {check !== null && (
            <code className={styles.condition}>
              {visibleText(text('sources:table.check', { condition: check }))}
            </code>
          )}
        </li>
      ))}
    </ul>
  );
}
