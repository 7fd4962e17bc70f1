// Reveals what is hidden in chosen rows of a redacted pack, to whoever has it.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import type { FormEvent } from 'react';
import type { RedactedRow, RedactedRowPlace } from '#shared/model/redaction.ts';
import { Button } from '../../components/button.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { ActingAs } from '../../domain/acting-as.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { countWords } from '../../domain/count-words.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useReviewerGate } from '../../domain/reviewer-gate.ts';
import { text } from '../../texts/text.ts';
import { RevealedFacts } from './revealed-facts.tsx';
import { RevealRows } from './reveal-rows.tsx';
import { placeKey, type ChosenRows } from './reveal-choice.ts';
import styles from './trust-panel.module.css';

const rowsAtOnce = 50;

type RevealFormProps = { packs: readonly string[]; onClose: () => void };

export function RevealForm({ packs, onClose }: RevealFormProps) {
  const gate = useReviewerGate();
  const [pack, setPack] = useState(packs[0] ?? '');
  const [chosen, setChosen] = useState<ChosenRows>(new Map());
  const [reason, setReason] = useState('');
  const reveal = useReveal(() => setChosen(new Map()));
  const places = [...chosen.values()];
  const canReveal = places.length > 0 && reason.trim() !== '' && !reveal.isPending;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (canReveal) gate(() => reveal.mutate({ pack, rows: places, reason: reason.trim() }));
  };
  return (
    <form className={styles.form} aria-label={text('evidence:reveal.title')} onSubmit={submit}>
      <SelectField
        label={text('evidence:reveal.pack')}
        value={pack}
        onChange={({ target }) => {
          setPack(target.value);
          setChosen(new Map());
          reveal.reset();
        }}
      >
        {packs.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </SelectField>
      <RowChoice key={pack} pack={pack} chosen={chosen} onChosen={setChosen} />
      <TextField
        label={text('evidence:reveal.reason')}
        hint={text('evidence:reveal.reasonHint')}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <ProblemNotice error={reveal.error} />
      {reveal.data !== undefined && <RevealedFacts report={reveal.data} />}
      <div className={styles.buttons}>
        <Button onClick={onClose}>{text('evidence:close')}</Button>
        <Button weight="primary" submits disabled={!canReveal}>
          {places.length === 0
            ? text('evidence:reveal.title')
            : text('evidence:reveal.act', { rows: countWords(places.length, 'row') })}
        </Button>
        <ActingAs />
      </div>
    </form>
  );
}

function useReveal(onRevealed: () => void) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  return useMutation(
    orpc.privacy.reveal.mutationOptions({
      onSuccess: async () => {
        onRevealed();
        await refetchWorkspace(queryClient);
      },
    }),
  );
}

type RowChoiceProps = { pack: string; chosen: ChosenRows; onChosen: (chosen: ChosenRows) => void };

function RowChoice({ pack, chosen, onChosen }: RowChoiceProps) {
  const { orpc } = useApi();
  const [file, setFile] = useState('');
  const [search, setSearch] = useState('');
  const wanted = useDeferredValue(search.trim());
  const rows = useQuery(
    orpc.privacy.redactedRows.queryOptions({
      input: {
        pack,
        limit: rowsAtOnce,
        ...(file !== '' && { file }),
        ...(wanted !== '' && { text: wanted }),
      },
      placeholderData: keepPreviousData,
    }),
  );
  const toggle = ({ file: of, line }: RedactedRow) => {
    const place: RedactedRowPlace = { file: of, line };
    const next = new Map(chosen);
    if (!next.delete(placeKey(place))) next.set(placeKey(place), place);
    onChosen(next);
  };
  return (
    <>
      <div className={styles.pair}>
        <SelectField
          label={text('evidence:reveal.part')}
          value={file}
          onChange={({ target }) => setFile(target.value)}
        >
          <option value="">{text('evidence:reveal.allParts')}</option>
          {rows.data?.files.map((one) => (
            <option key={one.file} value={one.file}>
              {`${one.file.replace(/^data\//, '')} (${one.rows})`}
            </option>
          ))}
        </SelectField>
        <TextField
          label={text('evidence:reveal.find')}
          hint={text('evidence:reveal.findHint')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      <ProblemNotice error={rows.error} />
      {rows.data !== undefined && <RevealRows found={rows.data} chosen={chosen} onToggle={toggle} />}
    </>
  );
}
