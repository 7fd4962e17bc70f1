// The upper limit of deviations against what is tolerable, on one scale from nothing.
import type { AttributeMethod, SampleAssessment } from '#shared/model/sampling.ts';
import { spokenLanguage, text } from '../../../texts/text.ts';
import { limitShares, percentUp } from './limit-shares.ts';
import styles from './limit-scale.module.css';

type LimitScaleProps = { assessment: SampleAssessment; method: AttributeMethod };

export function LimitScale({ assessment, method }: LimitScaleProps) {
  const { upperLimit, isSupported } = assessment;
  const language = spokenLanguage();
  const [limit, tolerable, confidence] = [upperLimit, method.tolerableRate, method.confidence].map((share) =>
    percentUp(share, language),
  );
  const shares = limitShares(upperLimit, method.tolerableRate);
  return (
    <div>
      <p>{text('campaignFollowUp:sample.limitMeaning', { limit, tolerable, confidence })}</p>
      <div className={styles.scale} aria-hidden="true">
        <div
          className={`${styles.limit} ${isSupported ? styles.held : styles.exceeded}`}
          style={{ width: `${shares.limit}%` }}
        />
        <div className={styles.tolerable} style={{ insetInlineStart: `${shares.tolerable}%` }}>
          <span className={styles.label}>
            {text('campaignFollowUp:sample.tolerable')} {tolerable}
          </span>
        </div>
      </div>
    </div>
  );
}
