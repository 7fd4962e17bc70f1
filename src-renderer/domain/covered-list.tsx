// What a decision covers, and what it leaves out with the reason why.
import type { ReactNode } from 'react';
import { Notice } from '../components/notice.tsx';
import { ScrollRegion } from '../components/scroll-region.tsx';
import { Verbatim } from '../components/verbatim.tsx';
import { visibleText } from '../components/visible-text.ts';
import { ActorText } from './actor-text.tsx';
import styles from './covered-list.module.css';

/** The list the dialog stands before shows everything in full. */
const mostInList = 80;

export type CoveredLine = {
  key: string;
  /** The action or the right. */
  what: string;
  whose: { actor: string | null; name: string | null; missing: string };
  /** Behind these two. */
  rest: ReactNode;
};

export function CoveredList({ label, lines }: { label: string; lines: readonly CoveredLine[] }) {
  return (
    <ScrollRegion label={label} height="small">
      <ul>
        {lines.map((line) => (
          <li key={line.key} className={styles.item}>
            <Line line={line} />
          </li>
        ))}
      </ul>
    </ScrollRegion>
  );
}

/** Its line is null where nothing is known of it but its key. */
export type LeftOutLine = { key: string; line: CoveredLine | null; sentence: string };

type LeftOutListProps = { title: string; label: string; lines: readonly LeftOutLine[] };

export function LeftOutList({ title, label, lines }: LeftOutListProps) {
  return (
    <Notice tone="warning" title={title}>
      <ScrollRegion label={label} height="small">
        <ul>
          {lines.map(({ key, line, sentence }) => (
            <li key={key} className={styles.item}>
              {line !== null && <Line line={line} />}
              <span className={styles.why}>{visibleText(sentence)}</span>
            </li>
          ))}
        </ul>
      </ScrollRegion>
    </Notice>
  );
}

function Line({ line: { what, whose, rest } }: { line: CoveredLine }) {
  return (
    <>
      <Verbatim value={what} most={mostInList} />
      <span>
        <ActorText {...whose} most={mostInList} />
      </span>
      {rest}
    </>
  );
}
