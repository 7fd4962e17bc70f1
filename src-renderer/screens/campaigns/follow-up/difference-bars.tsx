// Two populations on one scale, one above the other, so that what both hold stands above itself.
import type { DifferenceCounts } from '#shared/model/campaign-follow-up.ts';
import { differenceKinds } from '#shared/model/campaign-follow-up.ts';
import { visibleText } from '../../../components/visible-text.ts';
import { formatCount } from '../../../domain/count-words.ts';
import { text } from '../../../texts/text.ts';
import styles from './difference-bars.module.css';
import { barParts } from './difference-parts.ts';
import { kindWords } from './follow-up-words.ts';
import { Swatch } from './proportions.tsx';
import legend from './proportions.module.css';

type DifferenceBarsProps = { counts: DifferenceCounts; earlier: string; later: string };

export function DifferenceBars({ counts, earlier, later }: DifferenceBarsProps) {
  const { removed, unchanged, new: added } = counts;
  const parts = barParts(counts);
  return (
    <>
      <div className={styles.bars}>
        <Name name={earlier} count={removed + unchanged} />
        <Row parts={parts.earlier} />
        <Name name={later} count={unchanged + added} />
        <Row parts={parts.later} />
      </div>
      <ul className={legend.legend} aria-label={text('campaignFollowUp:diff.barSpoken')}>
        {differenceKinds.map((kind) => (
          <li key={kind}>
            <Swatch tone={kind} />
            <span className={legend.count}>{formatCount(counts[kind])}</span>
            <span title={kindWords[kind].meaning}>{kindWords[kind].label}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Name({ name, count }: { name: string; count: number }) {
  return (
    <p className={styles.name}>
      <bdi>{visibleText(name)}</bdi> <span className={styles.count}>{formatCount(count)}</span>
    </p>
  );
}

function Row({ parts }: { parts: ReturnType<typeof barParts>['earlier'] }) {
  return (
    <div className={styles.bar} aria-hidden="true">
      {parts.map(({ part, count }) => (
        <span key={part} data-part={part} style={{ flexGrow: count }} />
      ))}
    </div>
  );
}
