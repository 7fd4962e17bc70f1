// Under which other ids the reviewer acts, and which decisions need a second person; every change has a reason.
import type { InferClientOutputs } from '@orpc/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { FourEyesRule } from '#shared/model/independence.ts';
import { Button } from '../../components/button.tsx';
import { TextArea, TextField } from '../../components/field.tsx';
import { Panel } from '../../components/panel.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { refetchWorkspace, useApi, type WorkstationClient } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { ruleWords } from '../../domain/rule-words.ts';
import { useStatus } from '../../domain/workspace-status.ts';
import { text } from '../../texts/text.ts';
import { parseActions } from './action-list.ts';
import { offeredRules } from './four-eyes-choice.ts';
import styles from './independence-panel.module.css';

type Independence = InferClientOutputs<WorkstationClient>['independence']['get'];

export function AliasPanel() {
  const { orpc } = useApi();
  const { reviewer } = useStatus();
  const independence = useQuery(orpc.independence.get.queryOptions());
  const [isEditing, setIsEditing] = useState(false);
  const aliases = independence.data?.aliases ?? [];
  return (
    <Panel
      title={text('settings:aliases.title')}
      note={text('settings:aliases.note')}
      actions={
        reviewer !== null &&
        !isEditing && (
          <Button size="small" onClick={() => setIsEditing(true)}>
            {text('settings:aliases.add')}
          </Button>
        )
      }
    >
      <ProblemNotice error={independence.error} />
      {aliases.length === 0 && !isEditing && <p>{text('settings:aliases.none')}</p>}
      {aliases.map((list) => (
        <div key={list.reviewer} className={styles.person}>
          <code>{list.reviewer}</code>
          <ul className={styles.list} aria-label={text('settings:aliases.of', { reviewer: list.reviewer })}>
            {list.aliases.map((alias) => (
              <li key={alias} className={styles.alias}>
                <Verbatim value={alias} most={80} />
              </li>
            ))}
          </ul>
        </div>
      ))}
      {isEditing && <AliasForm onClose={() => setIsEditing(false)} />}
    </Panel>
  );
}

function AliasForm({ onClose }: { onClose: () => void }) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const [lines, setLines] = useState('');
  const [reason, setReason] = useState('');
  const [isSamePerson, setIsSamePerson] = useState(false);
  const save = useMutation(
    orpc.independence.addAliases.mutationOptions({
      onSuccess: async () => {
        await refetchWorkspace(queryClient);
        onClose();
      },
    }),
  );
  const add = parseActions(lines);
  const canSave = add.length > 0 && reason.trim() !== '' && !save.isPending;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (canSave) save.mutate({ add, reason: reason.trim(), isSamePerson });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextArea
        label={text('settings:aliases.field')}
        hint={text('settings:aliases.hint')}
        rows={4}
        spellCheck={false}
        value={lines}
        onChange={(event) => setLines(event.target.value)}
      />
      <label className={styles.choice}>
        <input
          type="checkbox"
          checked={isSamePerson}
          onChange={(event) => setIsSamePerson(event.target.checked)}
        />
        {text('settings:aliases.samePerson')}
      </label>
      <TextField
        label={text('settings:aliases.reason')}
        hint={text('settings:intoLedger')}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <ProblemNotice error={save.error} />
      <div className={styles.buttons}>
        <Button onClick={onClose}>{text('settings:cancel')}</Button>
        <Button weight="primary" submits disabled={!canSave}>
          {text('settings:aliases.save')}
        </Button>
      </div>
    </form>
  );
}

export function FourEyesPanel() {
  const { orpc } = useApi();
  const { reviewer } = useStatus();
  const independence = useQuery(orpc.independence.get.queryOptions());
  const [isEditing, setIsEditing] = useState(false);
  const { data } = independence;
  return (
    <Panel
      title={text('settings:fourEyes.title')}
      note={text('settings:fourEyes.note')}
      actions={
        reviewer !== null &&
        data !== undefined &&
        !isEditing && (
          <Button size="small" onClick={() => setIsEditing(true)}>
            {text('settings:fourEyes.change')}
          </Button>
        )
      }
    >
      <ProblemNotice error={independence.error} />
      {data !== undefined && !isEditing && <Rules rules={data.rules} />}
      {data !== undefined && isEditing && <RulesForm before={data} onClose={() => setIsEditing(false)} />}
    </Panel>
  );
}

function Rules({ rules }: { rules: readonly FourEyesRule[] }) {
  if (rules.length === 0) return <p>{text('settings:fourEyes.none')}</p>;
  return (
    <ul className={styles.rules}>
      {rules.map((rule) => (
        <li key={rule.id}>{ruleWords(rule)}</li>
      ))}
    </ul>
  );
}

function RulesForm({ before, onClose }: { before: Independence; onClose: () => void }) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(before.rules.map(({ id }) => id)));
  const [reason, setReason] = useState('');
  const save = useMutation(
    orpc.independence.changeFourEyes.mutationOptions({
      onSuccess: async () => {
        await refetchWorkspace(queryClient);
        onClose();
      },
    }),
  );
  const offered = offeredRules(before.rules, before.defaults);
  const rules = offered.filter(({ id }) => chosen.has(id));
  const isChanged = JSON.stringify(rules) !== JSON.stringify(before.rules);
  const canSave = isChanged && reason.trim() !== '' && !save.isPending;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (canSave) save.mutate({ rules, reason: reason.trim() });
  };
  const toggle = (id: string) =>
    setChosen(new Set(chosen.has(id) ? [...chosen].filter((one) => one !== id) : [...chosen, id]));
  return (
    <form className={styles.form} onSubmit={submit}>
      <fieldset className={styles.rules} aria-label={text('settings:fourEyes.rules')}>
        {offered.map((rule) => (
          <label key={rule.id} className={styles.choice}>
            <input type="checkbox" checked={chosen.has(rule.id)} onChange={() => toggle(rule.id)} />
            {ruleWords(rule)}
          </label>
        ))}
      </fieldset>
      <p className={styles.note}>{text('settings:fourEyes.before')}</p>
      <TextField
        label={text('settings:fourEyes.reason')}
        hint={text('settings:intoLedger')}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <ProblemNotice error={save.error} />
      <div className={styles.buttons}>
        <Button onClick={onClose}>{text('settings:cancel')}</Button>
        <Button weight="primary" submits disabled={!canSave}>
          {text('settings:fourEyes.save')}
        </Button>
      </div>
    </form>
  );
}
