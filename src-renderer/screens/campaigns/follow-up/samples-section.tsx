// Samples of a frozen population: drawing one, testing what was drawn, and what follows from it.
import { useQuery } from '@tanstack/react-query';
import { Dices } from 'lucide-react';
import { useState } from 'react';
import type { CampaignSample } from '#shared/model/campaign-sample.ts';
import { Button } from '../../../components/button.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { SelectField } from '../../../components/field.tsx';
import { shortened } from '../../../components/shortened.ts';
import { visibleText } from '../../../components/visible-text.ts';
import { useApi } from '../../../domain/api.ts';
import { ProblemNotice } from '../../../domain/problem-notice.tsx';
import { text } from '../../../texts/text.ts';
import type { SectionProps } from '../campaign-section.ts';
import { DrawSample } from './draw-sample.tsx';
import styles from './follow-up.module.css';
import { isOpenedHere, NotHere } from './not-here.tsx';
import { SamplePanel } from './sample-panel.tsx';

export function SamplesSection(props: SectionProps) {
  return isOpenedHere(props.campaign) ? <Samples {...props} /> : <NotHere {...props} />;
}

function Samples({ campaign }: SectionProps) {
  const { orpc } = useApi();
  const samples = useQuery(orpc.campaignOversight.samples.queryOptions({ input: { id: campaign.id } }));
  const [chosen, setChosen] = useState<string | null>(null);
  const list = samples.data ?? [];
  const at = list.findIndex(({ id }) => id === chosen);
  const shownAt = at === -1 ? list.length - 1 : at;
  const shown = list[shownAt];
  const [isDrawing, setDrawing] = useState(false);
  if (samples.data === undefined)
    return (
      <>
        <ProblemNotice error={samples.error} />
        {samples.isPending && <EmptyState title={text('campaignFollowUp:reading')} />}
      </>
    );
  const draw = (
    <DrawSample
      campaign={campaign.id}
      onDrawn={(sample) => {
        setChosen(sample);
        setDrawing(false);
      }}
    />
  );
  if (shown === undefined)
    return (
      <div className={styles.section}>
        <EmptyState title={text('campaignFollowUp:sample.none')}>
          <p>{text('campaignFollowUp:sample.noneNext')}</p>
        </EmptyState>
        {draw}
      </div>
    );
  return (
    <div className={styles.section}>
      <ProblemNotice error={samples.error} />
      <div className={styles.choice}>
        <SelectField
          label={text('campaignFollowUp:sample.list')}
          value={shown.id}
          onChange={({ target }) => setChosen(target.value)}
        >
          {list.map((sample, index) => (
            <option key={sample.id} value={sample.id}>
              {optionWords(sample, index + 1)}
            </option>
          ))}
        </SelectField>
        <Button
          icon={isDrawing ? undefined : Dices}
          aria-expanded={isDrawing}
          onClick={() => setDrawing(!isDrawing)}
        >
          {text(isDrawing ? 'campaignFollowUp:sample.drawNone' : 'campaignFollowUp:sample.drawAnother')}
        </Button>
      </div>
      {isDrawing && draw}
      <SamplePanel key={shown.id} campaign={campaign} sample={shown} number={shownAt + 1} />
    </div>
  );
}

/** `Sample 1: each revocation has a ticket (7 of 22 tested)`. */
function optionWords({ items, counts, purpose }: CampaignSample, number: number): string {
  const tested = text('campaignFollowUp:sample.tested', {
    tested: items.length - counts.untested,
    all: items.length,
  });
  return `${text('campaignFollowUp:sample.number', { number })}: ${shortened(visibleText(purpose), 80)} (${tested})`;
}
