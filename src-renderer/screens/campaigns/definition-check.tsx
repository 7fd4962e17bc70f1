// What is missing in a definition, what is wrong with it, and what it is about, in words; asked again whenever it rests.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, CircleDashed } from 'lucide-react';
import { useMemo } from 'react';
import type { CampaignDefinition } from '#shared/model/campaign.ts';
import { visibleText } from '../../components/visible-text.ts';
import { useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useSettled } from '../../domain/use-settled.ts';
import { text } from '../../texts/text.ts';
import type { DefinitionDraft } from './definition-draft.ts';
import { missingIn } from './definition-missing.ts';
import styles from './definition-form.module.css';
import list from './sentence-list.module.css';

const quietMs = 350;

type DefinitionCheckProps = { draft: DefinitionDraft; definition: CampaignDefinition | null };

export function DefinitionCheck({ draft, definition }: DefinitionCheckProps) {
  const missing = missingIn(draft);
  const { check, isFresh } = useCheck(definition);
  const faults = definition === null ? [] : (check.data?.faults ?? []);
  const remarks = definition === null ? [] : (check.data?.remarks ?? []);
  const isSound = isFresh && faults.length === 0;
  return (
    <div className={styles.check} aria-live="polite">
      {missing.length > 0 && (
        <>
          <p className={styles.verdict}>
            <CircleDashed className={styles.icon} aria-hidden="true" />
            {text('campaigns:define.missing', { count: missing.length })}
          </p>
          <ul className={`${list.sentences} ${styles.said}`}>
            {missing.map((part) => (
              <li key={part}>{text(`campaigns:define.missingPart.${part}`)}</li>
            ))}
          </ul>
        </>
      )}
      {faults.length > 0 && (
        <>
          <p className={`${styles.verdict} ${styles.wrong}`}>
            <CircleAlert className={styles.icon} aria-hidden="true" />
            {text('campaigns:define.faults', { count: faults.length })}
          </p>
          <ul className={`${list.sentences} ${styles.said}`}>
            {faults.map((sentence) => (
              <li key={sentence}>{visibleText(sentence)}</li>
            ))}
          </ul>
        </>
      )}
      {isSound && (
        <p className={`${styles.verdict} ${styles.sound}`}>
          <CircleCheck className={styles.icon} aria-hidden="true" />
          {text('campaigns:define.sound')}
        </p>
      )}
      {remarks.length > 0 && (
        <>
          <p className={styles.verdict}>{text('campaigns:define.remarks', { count: remarks.length })}</p>
          <ul className={`${list.sentences} ${styles.said}`}>
            {remarks.map((sentence) => (
              <li key={sentence}>{visibleText(sentence)}</li>
            ))}
          </ul>
        </>
      )}
      {definition !== null && !isFresh && !check.isError && (
        <p className={styles.note}>{text('campaigns:define.checking')}</p>
      )}
      <ProblemNotice error={check.error} />
      {definition !== null && check.data !== undefined && (
        <>
          <h3>{text('campaigns:scopeInWords')}</h3>
          <ul className={`${list.sentences} ${styles.said}`}>
            {check.data.scopeInWords.map((sentence) => (
              <li key={sentence}>{visibleText(sentence)}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function useCheck(definition: CampaignDefinition | null) {
  const { orpc } = useApi();
  const written = definition === null ? null : JSON.stringify(definition);
  const settled = useSettled(written, quietMs);
  // By its text, so that every draw of the form does not ask again.
  const asked = useMemo(() => (settled === written ? definition : null), [settled, written, definition]);
  const check = useQuery({
    ...orpc.campaigns.check.queryOptions({ input: { definition: asked ?? unaskable } }),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
  });
  // What is shown may be about what was typed before.
  const isFresh = asked !== null && check.data !== undefined && !check.isPlaceholderData;
  return { check, isFresh };
}

const unaskable: CampaignDefinition = {
  name: '',
  objective: '',
  controls: [],
  scope: { from: 'activity', actorTypes: [] },
  period: { from: '', to: '' },
  zone: '',
  dueDays: 1,
  recurrence: null,
  people: [],
  stages: [],
  policy: 'first-final',
  owner: '',
  approver: '',
  materiality: null,
  dormantDays: 1,
  meanings: {},
};
