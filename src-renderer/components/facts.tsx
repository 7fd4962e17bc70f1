// Names and values side by side.
import { Fragment } from 'react';
import type { ReactNode } from 'react';
import styles from './facts.module.css';

export type Fact = { name: string; value: ReactNode; title?: string | undefined };

export function Facts({ facts, columns = 1 }: { facts: readonly Fact[]; columns?: 1 | 2 }) {
  return (
    <dl className={`${styles.facts} ${columns === 2 ? styles.two : ''}`}>
      {facts.map((fact) => (
        <Fragment key={fact.name}>
          <dt className={styles.name}>{fact.name}</dt>
          <dd className={styles.value} title={fact.title}>
            {fact.value}
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}
