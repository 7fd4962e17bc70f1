// Drafts another mapping, shows at once what it would read, and connects with it when somebody says so.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { RememberedSource } from '#shared/model/source-health.ts';
import { Button } from '../../components/button.tsx';
import { TextArea, TextField } from '../../components/field.tsx';
import { Panel } from '../../components/panel.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { useWatchJob } from '../../domain/jobs.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useSettled } from '../../domain/use-settled.ts';
import { text } from '../../texts/text.ts';
import { FieldRows } from './mapping-fields.tsx';
import {
  draftInForce,
  fileOf,
  isSameMapping,
  readText,
  textOf,
  type MappingDraft,
  type MappingFile,
} from './mapping-draft.ts';
import { MappingPreviewPanel } from './mapping-preview-panel.tsx';
import styles from './mapping-section.module.css';

const quietMs = 350;
const previewRows = 10;

export function MappingSection({ source }: { source: RememberedSource }) {
  const inForce = useMemo(() => draftInForce(source), [source]);
  const [draft, setDraft] = useState(inForce);
  const [written, setWritten] = useState<string | null>(null);
  const misread = written === null ? null : readText(written);
  const file = useSettled(
    useMemo(() => fileOf(draft), [draft]),
    quietMs,
  );
  const preview = usePreview(file);
  const connect = useConnectWith();
  const isSame = isSameMapping(draft, inForce);
  const isSettled = JSON.stringify(file) === JSON.stringify(fileOf(draft)) && !preview.isPlaceholderData;
  const canConnect =
    !isSame &&
    typeof misread !== 'string' &&
    isSettled &&
    preview.data?.canRead === true &&
    !connect.isPending;
  const reset = () => {
    setDraft(inForce);
    if (written !== null) setWritten(textOf(inForce));
    connect.reset();
  };
  return (
    <div className={styles.columns}>
      <Panel title={text('sources:mapping.title')} note={text('sources:mapping.note')}>
        <div className={styles.line}>
          <p>
            {source.preset === 'custom'
              ? text('sources:mapping.custom')
              : text('sources:mapping.preset', { preset: source.preset })}
          </p>
          <Way isText={written !== null} onText={(isText) => setWritten(isText ? textOf(draft) : null)} />
        </div>
        {written === null ? (
          <DraftFields draft={draft} onDraft={setDraft} preview={preview.data ?? null} />
        ) : (
          <div className={styles.text}>
            <TextArea
              label={text('sources:mapping.text')}
              rows={20}
              spellCheck={false}
              value={written}
              error={typeof misread === 'string' ? misread : null}
              onChange={(event) => {
                setWritten(event.target.value);
                const read = readText(event.target.value);
                if (typeof read !== 'string') setDraft(read);
              }}
            />
          </div>
        )}
        <ProblemNotice error={connect.error} />
        <div className={styles.buttons}>
          <Button disabled={isSame && typeof misread !== 'string'} onClick={reset}>
            {text('sources:mapping.reset')}
          </Button>
          <Button
            weight="primary"
            disabled={!canConnect}
            onClick={() => {
              if (file !== null) connect.mutate(file);
            }}
          >
            {text(connect.isPending ? 'sources:mapping.connecting' : 'sources:mapping.connect')}
          </Button>
        </div>
        <p className={styles.note}>{text(isSame ? 'sources:mapping.same' : 'sources:mapping.meaning')}</p>
      </Panel>
      <MappingPreviewPanel
        preview={preview.data ?? null}
        error={preview.error}
        isAsking={preview.isFetching || !isSettled}
      />
    </div>
  );
}

function usePreview(file: MappingFile | null) {
  const { orpc } = useApi();
  return useQuery(
    orpc.sources.previewMapping.queryOptions({
      input: { mapping: file ?? { schema: 'public', table: '?', columns: {} }, rows: previewRows },
      enabled: file !== null,
      placeholderData: keepPreviousData,
    }),
  );
}

function useConnectWith() {
  const { client } = useApi();
  const watch = useWatchJob();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (mapping: MappingFile) => {
      await client.source.reconnect({ mapping });
      return client.refresh.start({});
    },
    onSuccess: async (started) => {
      watch(started);
      await refetchWorkspace(queryClient);
    },
  });
}

function Way({ isText, onText }: { isText: boolean; onText: (isText: boolean) => void }) {
  return (
    <Segmented
      label={text('sources:mapping.way')}
      value={isText ? 'json' : 'fields'}
      choices={[
        { value: 'fields', label: text('sources:mapping.fields') },
        { value: 'json', label: text('sources:mapping.json') },
      ]}
      onChange={(way) => onText(way === 'json')}
    />
  );
}

type DraftFieldsProps = {
  draft: MappingDraft;
  onDraft: (draft: MappingDraft) => void;
  preview: Parameters<typeof FieldRows>[0]['preview'];
};

function DraftFields({ draft, onDraft, preview }: DraftFieldsProps) {
  return (
    <>
      <div className={styles.even}>
        <TextField
          label={text('sources:mapping.schema')}
          value={draft.schema}
          onChange={(event) => onDraft({ ...draft, schema: event.target.value })}
        />
        <TextField
          label={text('sources:mapping.table')}
          value={draft.table}
          onChange={(event) => onDraft({ ...draft, table: event.target.value })}
        />
      </div>
      <FieldRows draft={draft} onDraft={onDraft} preview={preview} />
    </>
  );
}
