// One sample: what it is for, how far it is tested, what follows, and how anybody draws it again.
import type { CampaignSample } from '#shared/model/campaign-sample.ts';
import type { CampaignStatus } from '#shared/model/campaign-view.ts';
import { CopyButton } from '../../../components/copy-button.tsx';
import { Facts } from '../../../components/facts.tsx';
import { Notice, type NoticeTone } from '../../../components/notice.tsx';
import { Panel } from '../../../components/panel.tsx';
import { ScrollText } from '../../../components/scroll-region.tsx';
import { Verbatim } from '../../../components/verbatim.tsx';
import { visibleText } from '../../../components/visible-text.ts';
import { formatCount } from '../../../domain/count-words.ts';
import { InstantText } from '../../../domain/instant.tsx';
import { Rich } from '../../../texts/rich.tsx';
import { text } from '../../../texts/text.ts';
import { materialityWords } from './follow-up-words.ts';
import styles from './follow-up.module.css';
import { LimitScale } from './limit-scale.tsx';
import { Proportions } from './proportions.tsx';
import { SampleItems } from './sample-items.tsx';
import { testParts } from './test-parts.ts';

type SamplePanelProps = { campaign: CampaignStatus; sample: CampaignSample; number: number };

export function SamplePanel({ campaign, sample, number }: SamplePanelProps) {
  const { purpose, drawnBy, drawnAt } = sample;
  return (
    <Panel
      title={text('campaignFollowUp:sample.number', { number })}
      note={
        <>
          {text('campaignFollowUp:sample.by', { name: visibleText(drawnBy) })},{' '}
          <InstantText instant={drawnAt} />
        </>
      }
    >
      <p className={styles.right} dir="auto">
        {visibleText(purpose)}
      </p>
      <Proportions label={text('campaignFollowUp:sample.results')} parts={testParts(sample)} />
      <Verdict campaign={campaign} sample={sample} />
      <SampleItems campaign={campaign.id} sample={sample} />
      <HowDrawn sample={sample} />
    </Panel>
  );
}

function toneOf({ counts, assessment, materiality }: CampaignSample): NoticeTone {
  if (counts.untested > 0) return 'info';
  if (assessment?.isSupported === false || materiality?.isExceeded === true) return 'warning';
  return counts.deviation + counts.notTestable > 0 && materiality === null ? 'warning' : 'good';
}

/** What the tests say about the population, and against what the auditor set. */
function Verdict({ campaign, sample }: Omit<SamplePanelProps, 'number'>) {
  const { assessment, conclusion, counts, plan } = sample;
  const { materiality } = campaign.definition;
  return (
    <section className={styles.part} aria-label={text('campaignFollowUp:sample.verdict')}>
      <Notice tone={toneOf(sample)} title={conclusion}>
        <p>{materialityWords(sample, materiality?.setBy ?? '')}</p>
        {materiality !== null && (
          <p className={styles.muted}>
            {text('campaignFollowUp:sample.materialityReason', { reason: visibleText(materiality.reason) })}
          </p>
        )}
        {counts.notTestable > 0 && <p>{text('campaignFollowUp:sample.untestableCounts')}</p>}
      </Notice>
      {plan.method.kind === 'attribute' && assessment !== null ? (
        <LimitScale assessment={assessment} method={plan.method} />
      ) : (
        <p className={styles.muted}>
          {plan.method.kind === 'attribute'
            ? text('campaignFollowUp:sample.limitLater')
            : text('campaignFollowUp:sample.limitNever')}
        </p>
      )}
    </section>
  );
}

function HowDrawn({ sample: { plan, derivation, recipe } }: { sample: CampaignSample }) {
  return (
    <section className={styles.part} aria-label={text('campaignFollowUp:sample.how')}>
      <h3>{text('campaignFollowUp:sample.how')}</h3>
      <p>{derivation}</p>
      <Facts
        facts={[
          { name: text('campaignFollowUp:sample.population'), value: formatCount(plan.populationSize) },
          { name: text('campaignFollowUp:sample.size'), value: formatCount(plan.size) },
          {
            name: text('campaignFollowUp:sample.seed'),
            value:
              plan.seedSource === 'population' ? (
                text('campaignFollowUp:sample.seedPopulation')
              ) : (
                <Rich
                  of="campaignFollowUp:sample.seedGiven"
                  parts={{ seed: <Verbatim value={plan.seed} /> }}
                />
              ),
          },
          {
            name: text('campaignFollowUp:sample.sha256'),
            value: <code className={styles.hash}>{plan.populationSha256}</code>,
          },
        ]}
      />
      <details>
        <summary>{text('campaignFollowUp:sample.recipe')}</summary>
        <div className={styles.form}>
          <div className={styles.title}>
            <p className={styles.muted}>{text('campaignFollowUp:sample.recipeNote')}</p>
            <CopyButton text={recipe} label={text('campaignFollowUp:sample.copy')} />
          </div>
          <ScrollText label={text('campaignFollowUp:sample.commands')} text={recipe} />
        </div>
      </details>
    </section>
  );
}
