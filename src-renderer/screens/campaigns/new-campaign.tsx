// A new campaign: from nothing, from the definition of another one, or from a file the command line takes.
import { useMutation, useQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { CampaignDefinition } from '#shared/model/campaign.ts';
import { readCampaignDefinition } from '#shared/model/definition-sentences.ts';
import { Button } from '../../components/button.tsx';
import { SelectField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { useApi } from '../../domain/api.ts';
import { FileDrop } from '../../domain/file-drop.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useZone } from '../../domain/workspace-status.ts';
import { useCampaignStart } from '../../state/campaign-start.ts';
import { text } from '../../texts/text.ts';
import type { CampaignPlace } from './campaign-place.ts';
import styles from './campaigns-screen.module.css';
import { emptyDefinition } from './definition-draft.ts';
import { draftOfDefinition } from './definition-of-draft.ts';
import formStyles from './definition-form.module.css';
import { DefinitionForm } from './definition-form.tsx';
import { nextDefinition } from './next-definition.ts';
import { useDefinitionDraft } from './use-definition-draft.ts';

export function NewCampaign({ onGo }: { onGo: (place: CampaignPlace) => void }) {
  const zone = useZone();
  const use = useDefinitionDraft(null, emptyDefinition(zone));
  const back = () => onGo({ at: 'overall', section: 'list' });
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <Button size="small" icon={ArrowLeft} onClick={back}>
          {text('campaigns:back')}
        </Button>
        <h1>{text('campaigns:sections.new')}</h1>
      </header>
      <DefinitionForm
        campaign={null}
        use={use}
        head={
          <StartFrom
            isKept={use.isKept}
            onStart={(definition) => use.replace(draftOfDefinition(definition))}
          />
        }
        onSaved={({ id }) => onGo({ at: 'campaign', id, section: 'about' })}
        onCancel={back}
      />
    </div>
  );
}

type StartFromProps = { isKept: boolean; onStart: (definition: CampaignDefinition) => void };

function StartFrom({ isKept, onStart }: StartFromProps) {
  const { orpc, client } = useApi();
  const campaigns = useQuery(orpc.campaigns.list.queryOptions());
  const asked = useCampaignStart((state) => state.from);
  const [from, setFrom] = useState('');
  const isTyped = useRef(isKept);
  useLayoutEffect(() => {
    isTyped.current = isKept;
  });
  const copy = useMutation({
    mutationFn: async ({ id }: { id: string; replaces: boolean }) => client.campaigns.get({ id }),
    onSuccess: ({ definition, id }, { replaces }) => {
      if (isTyped.current && !replaces) return;
      useCampaignStart.setState({ from: null });
      onStart(nextDefinition(definition, id));
    },
  });
  const { mutate } = copy;
  // Whoever came from “start the next one” gets it at once, unless something typed before would be lost.
  useEffect(() => {
    if (asked !== null && !isKept) mutate({ id: asked, replaces: false });
  }, [asked, isKept, mutate]);
  const chosen = from === '' ? (asked ?? '') : from;
  return (
    <Panel title={text('campaigns:start.title')} note={text('campaigns:start.note')}>
      {asked !== null && isKept && <Notice tone="info" title={text('campaigns:start.kept')} />}
      {(campaigns.data ?? []).length > 0 && (
        <div className={formStyles.start}>
          <SelectField
            label={text('campaigns:start.from')}
            hint={text('campaigns:start.fromHint')}
            value={chosen}
            onChange={(event) => setFrom(event.target.value)}
          >
            <option value="">{text('campaigns:define.people.choose')}</option>
            {campaigns.data?.map(({ id, name, period }) => (
              <option key={id} value={id}>
                {`${visibleText(name)} · ${period.from} – ${period.to}`}
              </option>
            ))}
          </SelectField>
          <Button
            disabled={chosen === '' || copy.isPending}
            onClick={() => copy.mutate({ id: chosen, replaces: true })}
          >
            {text(isKept ? 'campaigns:start.replace' : 'campaigns:start.take')}
          </Button>
        </div>
      )}
      <ProblemNotice error={campaigns.error ?? copy.error} />
      <FromFile isKept={isKept} onStart={onStart} />
    </Panel>
  );
}

/** What the file holds is shown in the form; nothing is recorded before somebody saves it. */
function FromFile({ isKept, onStart }: StartFromProps) {
  const [fault, setFault] = useState<string | null>(null);
  const [read, setRead] = useState<string | null>(null);
  const take = async (file: File) => {
    const found = readDefinition(await file.text());
    setFault(typeof found === 'string' ? found : null);
    setRead(typeof found === 'string' ? null : file.name);
    if (typeof found !== 'string') onStart(found);
  };
  return (
    <details>
      <summary>{text(isKept ? 'campaigns:start.fileReplaces' : 'campaigns:start.file')}</summary>
      <FileDrop
        label={text('campaigns:start.fileLabel')}
        accept=".json,application/json"
        file={null}
        onFile={(file) => {
          if (file !== null) void take(file);
        }}
      />
      {fault !== null && <Notice tone="danger" title={fault} />}
      {read !== null && (
        <Notice tone="good" title={text('campaigns:start.fileRead', { name: visibleText(read) })} />
      )}
    </details>
  );
}

/** More at once would be read by nobody. */
const mostFaults = 5;

/** The definition a file holds, or a sentence that says what is wrong with it. */
export function readDefinition(written: string): CampaignDefinition | string {
  let value: unknown;
  try {
    value = JSON.parse(written);
  } catch (error) {
    return text('campaigns:start.notJson', { why: error instanceof Error ? error.message : '' });
  }
  const read = readCampaignDefinition(value);
  if ('definition' in read) return read.definition;
  return text('campaigns:start.notDefinition', { why: read.faults.slice(0, mostFaults).join(' ') });
}
