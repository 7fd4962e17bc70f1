// Findings of the period about the subject, and the way to each.
import type { CampaignEvidence } from '#shared/model/campaign-evidence.ts';
import { Chip } from '../../../components/chip.tsx';
import { visibleText } from '../../../components/visible-text.ts';
import { useDetectorTitles } from '../../../domain/detector-titles.ts';
import entries from '../../../domain/entry-list.module.css';
import { InstantText } from '../../../domain/instant.tsx';
import { SeverityMark } from '../../../domain/severity-mark.tsx';
import { useSelection } from '../../../state/selection.ts';
import { text } from '../../../texts/text.ts';
import { EvidencePart } from './evidence-part.tsx';
import styles from './items.module.css';
import { OtherScreen } from './other-screen.tsx';

export function FindingsPart({ findings: known }: { findings: CampaignEvidence['findings'] }) {
  const titleOf = useDetectorTitles();
  const select = useSelection((state) => state.select);
  return (
    <EvidencePart
      part="findings"
      known={known}
      summary={({ total, open }) =>
        total === 0
          ? text('campaignItems:none')
          : text('campaignItems:findings.summary', {
              count: total,
              open: text('campaignItems:findings.open', { count: open }),
            })
      }
    >
      {({ total, findings }) => (
        <>
          {total === 0 && <p className={styles.quiet}>{text('campaignItems:findings.none')}</p>}
          <ol className={entries.entries} aria-label={text('campaignItems:evidence.part.findings')}>
            {findings.map(({ id, detector, severity, start, explanation, disposition }) => (
              <li key={id} className={entries.entry}>
                <p className={entries.head}>
                  <SeverityMark severity={severity} />
                  <strong>{titleOf(detector)}</strong>
                  <InstantText instant={start} />
                  <Chip>
                    {disposition === null
                      ? text('campaignItems:findings.isOpen')
                      : text(`findings:status.${disposition}`)}
                  </Chip>
                </p>
                <p className={styles.quiet}>{visibleText(explanation)}</p>
                <OtherScreen address="/findings" before={() => select('findings', id)}>
                  {text('campaignItems:findings.show')}
                </OtherScreen>
              </li>
            ))}
          </ol>
          {total > findings.length && (
            <p className={styles.quiet}>
              {text('campaignItems:findings.capped', { shown: findings.length, total })}
            </p>
          )}
        </>
      )}
    </EvidencePart>
  );
}
