// The way of an item through the stages as a small picture: stage, rule, who decides where the rule names nobody.
import { ArrowRight, Flag } from 'lucide-react';
import { Fragment } from 'react';
import type { CampaignDefinition, CampaignStage } from '#shared/model/campaign.ts';
import { visibleText } from '../../components/visible-text.ts';
import { text } from '../../texts/text.ts';
import styles from './about-section.module.css';
import { nameOf } from '#shared/model/campaign-people.ts';

export function StageFlow({ definition }: { definition: CampaignDefinition }) {
  const { stages, policy } = definition;
  return (
    <div>
      <ol className={styles.stages}>
        {stages.map((stage, index) => (
          <Fragment key={stage.name}>
            {index > 0 && (
              <li className={styles.between} aria-hidden="true">
                <ArrowRight className={styles.arrow} />
                <span>{text(`campaigns:policy.${policy}.between`)}</span>
              </li>
            )}
            <li className={styles.stage}>
              <span className={styles.muted}>{text('campaigns:stageNumber', { number: index + 1 })}</span>
              <span className={styles.stageName}>{visibleText(stage.name)}</span>
              <span>{ruleWords(definition, stage)}</span>
              <span className={styles.muted}>
                {text('campaigns:about.fallback', { name: visibleText(nameOf(definition, stage.fallback)) })}
              </span>
            </li>
          </Fragment>
        ))}
        <li className={styles.between} aria-hidden="true">
          <ArrowRight className={styles.arrow} />
        </li>
        <li className={styles.stage}>
          <Flag className={styles.arrow} aria-hidden="true" />
          <span className={styles.stageName}>{text(`campaigns:policy.${policy}.label`)}</span>
          <span className={styles.muted}>{text(`campaigns:policy.${policy}.meaning`)}</span>
        </li>
      </ol>
    </div>
  );
}

/** “their manager, as the source names them”. */
function ruleWords(definition: CampaignDefinition, { reviewer }: CampaignStage): string {
  if (reviewer.by === 'person')
    return text('campaigns:ruleInWords.person', { name: visibleText(nameOf(definition, reviewer.person)) });
  if (reviewer.by === 'round-robin')
    return text('campaigns:ruleInWords.round-robin', {
      names: visibleText(reviewer.people.map((id) => nameOf(definition, id)).join(', ')),
    });
  return text(`campaigns:ruleInWords.${reviewer.by}`);
}
