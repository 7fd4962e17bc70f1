// The definition of a campaign in words, and what can be done with it: change a draft, open it, start the next one.
import { useMutation } from '@tanstack/react-query';
import { CalendarPlus, FileDown, PencilLine } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { CampaignStatus } from '#shared/model/campaign-view.ts';
import { Button } from '../../components/button.tsx';
import { Facts, type Fact } from '../../components/facts.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { useApi } from '../../domain/api.ts';
import { formatCount } from '../../domain/count-words.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useCampaignStart } from '../../state/campaign-start.ts';
import { text } from '../../texts/text.ts';
import styles from './about-section.module.css';
import type { SectionProps } from './campaign-section.ts';
import { draftOfDefinition } from './definition-of-draft.ts';
import { DefinitionForm } from './definition-form.tsx';
import { DelegationList } from './delegation-list.tsx';
import { canEndSeries, DiscardDraft, EndSeries } from './end-acts.tsx';
import { OpenPanel } from './open-panel.tsx';
import { nameOf } from '#shared/model/campaign-people.ts';
import list from './sentence-list.module.css';
import { StageFlow } from './stage-flow.tsx';
import { useDefinitionDraft } from './use-definition-draft.ts';

export function AboutSection({ campaign, onGo }: SectionProps) {
  const [isEditing, setIsEditing] = useState(false);
  const use = useDefinitionDraft(campaign.id, {
    ...draftOfDefinition(campaign.definition),
    basedOn: campaign.definedAs.entry,
  });
  const isOpening = useRef(false);
  // Whoever opened it here looks at what was frozen next; the job may be over before this window hears of it.
  useEffect(() => {
    if (!isOpening.current || campaign.state === 'draft') return;
    isOpening.current = false;
    onGo({ at: 'campaign', id: campaign.id, section: 'population' });
  }, [campaign.state, campaign.id, onGo]);
  if (isEditing && campaign.state === 'draft') {
    const end = () => setIsEditing(false);
    return <DefinitionForm campaign={campaign} use={use} onSaved={end} onCancel={end} />;
  }
  return (
    <>
      {campaign.state === 'draft' && (
        <OpenPanel
          campaign={campaign}
          hasUnsaved={use.isKept}
          onStart={() => {
            isOpening.current = true;
          }}
        />
      )}
      <DefinitionPanel
        campaign={campaign}
        onDiscarded={use.forget}
        actions={
          <Acts
            campaign={campaign}
            onEdit={() => setIsEditing(true)}
            hasUnsaved={use.isKept}
            onNext={() => {
              useCampaignStart.setState({ from: campaign.id });
              onGo({ at: 'new' });
            }}
          />
        }
      />
      <Panel title={text('campaigns:about.stages')} note={text('campaigns:about.stagesNote')}>
        <StageFlow definition={campaign.definition} />
      </Panel>
      <PeoplePanel
        campaign={campaign}
        onDelegate={() => onGo({ at: 'campaign', id: campaign.id, section: 'people' })}
      />
      <MeaningsPanel campaign={campaign} />
    </>
  );
}

type ActsProps = {
  campaign: CampaignStatus;
  hasUnsaved: boolean;
  onEdit: () => void;
  onNext: () => void;
};

function Acts({ campaign, hasUnsaved, onEdit, onNext }: ActsProps) {
  const { client, surroundings } = useApi();
  const take = useMutation({
    mutationFn: async () => {
      const { name } = await client.campaignSources.definitionFile({ definition: campaign.definition });
      await surroundings.takeExport(name);
    },
  });
  return (
    <>
      {campaign.state === 'draft' && (
        <Button size="small" icon={PencilLine} onClick={onEdit}>
          {text(hasUnsaved ? 'campaigns:about.editOn' : 'campaigns:about.edit')}
        </Button>
      )}
      <Button size="small" icon={FileDown} disabled={take.isPending} onClick={() => take.mutate()}>
        {text('campaigns:about.file')}
      </Button>
      <Button size="small" icon={CalendarPlus} onClick={onNext}>
        {text('campaigns:about.next')}
      </Button>
      <ProblemNotice error={take.error} />
    </>
  );
}

type DefinitionPanelProps = {
  campaign: CampaignStatus;
  actions: React.ReactNode;
  onDiscarded: () => void;
};

function DefinitionPanel({ campaign, actions, onDiscarded }: DefinitionPanelProps) {
  const { definition, scopeInWords, discarded } = campaign;
  return (
    <Panel title={text('campaigns:about.definition')} actions={actions}>
      {discarded !== null && (
        <Notice
          tone="info"
          title={text('campaigns:about.discarded', {
            name: visibleText(discarded.byName),
            reason: visibleText(discarded.reason),
          })}
        />
      )}
      {definition.objective !== '' && <p className={styles.objective}>{visibleText(definition.objective)}</p>}
      <ul className={list.sentences}>
        {scopeInWords.map((sentence) => (
          <li key={sentence}>{visibleText(sentence)}</li>
        ))}
      </ul>
      <Facts facts={factsOf(campaign)} />
      {campaign.state === 'draft' && (
        <div>
          <DiscardDraft campaign={campaign} onDiscarded={onDiscarded} />
        </div>
      )}
      {canEndSeries(campaign) && (
        <div>
          <EndSeries campaign={campaign} />
        </div>
      )}
    </Panel>
  );
}

function seriesFact({ series: { inWords, ended } }: CampaignStatus): Fact {
  const name = text('campaigns:about.series');
  if (ended === null) return { name, value: inWords };
  const by = { name: visibleText(ended.byName), reason: visibleText(ended.reason) };
  return { name, value: `${visibleText(inWords)} ${text('campaigns:about.seriesEnded', by)}` };
}

function factsOf(campaign: CampaignStatus): Fact[] {
  const { definition, dueOn } = campaign;
  const { controls, period, zone, dueDays, recurrence, materiality, dormantDays } = definition;
  return [
    {
      name: text('campaigns:about.controls'),
      value: controls.length === 0 ? text('campaigns:about.noControls') : visibleText(controls.join(', ')),
    },
    {
      name: text('campaigns:list.period'),
      value: `${text('campaigns:periodOf', { from: period.from, to: period.to })} (${zone})`,
    },
    {
      name: text('campaigns:list.due'),
      value: dueOn ?? text('campaigns:about.dueDays', { count: dueDays }),
    },
    {
      name: text('campaigns:about.recurrence'),
      value:
        recurrence === null
          ? text('campaigns:recurrence.none')
          : text('campaigns:about.recursFrom', {
              every: text(`campaigns:recurrence.${recurrence.every}`),
              first: recurrence.first,
            }),
    },
    seriesFact(campaign),
    {
      name: text('campaigns:about.dormant'),
      value: text('campaigns:about.dormantDays', { count: dormantDays }),
    },
    {
      name: text('campaigns:about.materiality'),
      value:
        materiality === null
          ? text('campaigns:about.noMateriality')
          : text('campaigns:about.materialityOf', {
              count: materiality.deviations,
              by: visibleText(materiality.setBy),
              reason: visibleText(materiality.reason),
            }),
    },
  ];
}

function PeoplePanel({ campaign, onDelegate }: { campaign: CampaignStatus; onDelegate: () => void }) {
  const { definition, delegations } = campaign;
  return (
    <Panel title={text('campaigns:about.people', { count: definition.people.length })}>
      <ul className={styles.people}>
        {definition.people.map(({ id, name, email }) => (
          <li key={id}>
            <span>
              <bdi className={styles.person}>{visibleText(name)}</bdi>
              {id === definition.owner && (
                <span className={styles.role}>{text('campaigns:about.owner')}</span>
              )}
              {id === definition.approver && (
                <span className={styles.role}>{text('campaigns:about.approver')}</span>
              )}
            </span>
            <span className={styles.muted}>
              <bdi>{visibleText(email === null || email === id ? id : `${id} · ${email}`)}</bdi>
            </span>
          </li>
        ))}
      </ul>
      <DelegationList delegations={delegations} nameOf={(id) => nameOf(definition, id)} />
      {campaign.state === 'open' && campaign.role === 'opened' && (
        <div>
          <Button size="small" onClick={onDelegate}>
            {text('campaigns:about.toDelegations')}
          </Button>
        </div>
      )}
    </Panel>
  );
}

function MeaningsPanel({ campaign }: { campaign: CampaignStatus }) {
  const meanings = Object.entries(campaign.definition.meanings);
  const without = campaign.opening?.withoutMeaning ?? 0;
  return (
    <Panel
      title={text('campaigns:define.judging.meanings')}
      note={
        without > 0
          ? text('campaigns:about.withoutMeaning', { number: formatCount(without), count: without })
          : undefined
      }
    >
      {meanings.length === 0 ? (
        <p className={styles.muted}>{text('campaigns:about.noMeanings')}</p>
      ) : (
        <Facts
          facts={meanings.map(([entitlement, meaning]) => ({
            name: visibleText(entitlement),
            value: visibleText(meaning),
          }))}
        />
      )}
    </Panel>
  );
}
