// One row of the pack to the letter, and the work papers about it.
import { useQuery } from '@tanstack/react-query';
import type { PackRow, PackSection } from '#shared/model/work-papers.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { ScrollText } from '../../components/scroll-region.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { text } from '../../texts/text.ts';
import styles from './audit-screen.module.css';
import { NoteForm } from './note-form.tsx';
import { PaperList } from './paper-list.tsx';
import { PlainFacts } from './plain-facts.tsx';

type RowDetailProps = { section: PackSection; row: PackRow; isLookOnly: boolean };

export function RowDetail({ section, row, isLookOnly }: RowDetailProps) {
  const { orpc } = useApi();
  const papers = useQuery(orpc.audit.papers.queryOptions());
  const about = { kind: 'item', section, key: row.key } as const;
  const own = papers.data?.filter(
    (paper) => paper.about.kind === 'item' && paper.about.section === section && paper.about.key === row.key,
  );
  const json = JSON.stringify(row.value, null, 2);
  return (
    <div className={styles.detail}>
      <h2 className={styles.hash}>
        <Verbatim value={row.key} />
      </h2>
      <PlainFacts record={row.value} />
      <section className={styles.section} aria-label={text('audit:row.letter')}>
        <div className={styles.titleLine}>
          <h3>{text('audit:row.letter')}</h3>
          <CopyButton text={json} label={text('audit:row.copy')} />
        </div>
        <ScrollText label={text('audit:row.json')} text={json} />
      </section>
      <section className={styles.section} aria-label={text('audit:row.papers')}>
        <h3>{text('audit:row.papers')}</h3>
        <ProblemNotice error={papers.error} />
        <PaperList papers={own ?? []} isLookOnly={isLookOnly} />
        {!isLookOnly && <NoteForm about={about} label={text('audit:papers.paper')} />}
      </section>
    </div>
  );
}
