// What became of the decisions of one file: recorded, here already, in conflict, or not taken over, each with its reason.
import { importReport } from '#shared/model/campaign-files.ts';
import { Button } from '../../../components/button.tsx';
import { Notice } from '../../../components/notice.tsx';
import { visibleText } from '../../../components/visible-text.ts';
import { formatCount } from '../../../domain/count-words.ts';
import { text } from '../../../texts/text.ts';
import styles from './files.module.css';
import { RefusalList } from './refusal-list.tsx';

export function ImportOutcome({ result, onConflicts }: { result: unknown; onConflicts: () => void }) {
  const parsed = importReport.safeParse(result);
  if (!parsed.success) return null;
  const { added, known, refused, remarks, alsoKnownAs, conflicts, reviewer } = parsed.data;
  const isClean = refused.length === 0 && remarks.length === 0 && conflicts === 0;
  const figures = [
    ['added', added],
    ['known', known],
    ['conflicts', conflicts],
    ['refused', refused.length],
  ] as const;
  return (
    <section className={styles.form} aria-label={text('campaignFiles:outcome.label')}>
      <Notice
        tone={isClean ? 'good' : 'warning'}
        title={text(added === 0 ? 'campaignFiles:outcome.nothingNew' : 'campaignFiles:outcome.taken', {
          count: added,
          name: reviewer.name,
        })}
        action={
          conflicts > 0 ? (
            <Button size="small" onClick={onConflicts}>
              {text('campaignFiles:outcome.seeConflicts')}
            </Button>
          ) : undefined
        }
      />
      <ul className={styles.figures}>
        {figures.map(([what, count]) => (
          <li key={what} className={styles.figure} title={text(`campaignFiles:outcome.${what}Meaning`)}>
            <strong>{formatCount(count)}</strong>
            <span className={styles.quiet}>{text(`campaignFiles:outcome.${what}`)}</span>
          </li>
        ))}
      </ul>
      {alsoKnownAs.length > 0 && (
        <p>
          {text('campaignFiles:outcome.otherNames', {
            name: visibleText(reviewer.name),
            names: visibleText(alsoKnownAs.join(', ')),
          })}
        </p>
      )}
      {remarks.length > 0 && (
        <>
          <h3>{text('campaignFiles:outcome.remarks')}</h3>
          <RefusalList
            refused={remarks}
            total={remarks.length}
            label={text('campaignFiles:outcome.remarks')}
          />
        </>
      )}
      {refused.length > 0 && (
        <>
          <h3>{text('campaignFiles:refused.title')}</h3>
          <RefusalList refused={refused} total={refused.length} />
        </>
      )}
    </section>
  );
}
