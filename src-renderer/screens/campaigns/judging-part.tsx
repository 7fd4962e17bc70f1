// What helps people judge: when a right counts as dormant, how many deviations matter, and what entitlements mean in plain words.
import { useMutation } from '@tanstack/react-query';
import { ListPlus, Plus, Trash2 } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { text } from '../../texts/text.ts';
import type { DefinitionDraft } from './definition-draft.ts';
import { entitlementScopeOf } from './definition-of-draft.ts';
import styles from './definition-form.module.css';
import { withChanged, without, type FormPartProps } from './form-part.ts';

export function JudgingPart({ draft, change }: FormPartProps) {
  return (
    <>
      <div className={styles.three}>
        <TextField
          label={text('campaigns:define.judging.dormantDays')}
          hint={text('campaigns:define.judging.dormantHint')}
          inputMode="numeric"
          value={draft.dormantDays}
          onChange={(event) => change({ dormantDays: event.target.value })}
        />
        <TextField
          label={text('campaigns:define.judging.deviations')}
          hint={text('campaigns:define.judging.deviationsHint')}
          inputMode="numeric"
          value={draft.deviations}
          onChange={(event) => change({ deviations: event.target.value })}
        />
      </div>
      {draft.deviations !== '' && (
        <div className={styles.two}>
          <TextField
            label={text('campaigns:define.judging.setBy')}
            value={draft.setBy}
            onChange={(event) => change({ setBy: event.target.value })}
          />
          <TextField
            label={text('campaigns:define.judging.setBecause')}
            value={draft.setBecause}
            onChange={(event) => change({ setBecause: event.target.value })}
          />
        </div>
      )}
      <h3>{text('campaigns:define.judging.meanings')}</h3>
      <p className={styles.note}>{text('campaigns:define.judging.meaningsNote')}</p>
      <MeaningRows draft={draft} change={change} />
    </>
  );
}

type Meanings = DefinitionDraft['meanings'];

function MeaningRows({ draft, change }: FormPartProps) {
  const { meanings } = draft;
  const set = (next: Meanings) => change({ meanings: next });
  const look = useEntitlements((found) => set([...meanings, ...notYetIn(meanings, found)]));
  const scope = entitlementScopeOf(draft);
  return (
    <>
      {meanings.length > 0 && (
        <ul className={styles.rows} aria-label={text('campaigns:define.judging.meanings')}>
          {meanings.map(({ entitlement, meaning }, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- what is typed is its only identity
            <li key={index} className={styles.meaningRow}>
              <TextField
                label={text('campaigns:define.judging.entitlement')}
                value={entitlement}
                onChange={(event) => set(withChanged(meanings, index, { entitlement: event.target.value }))}
              />
              <TextField
                label={text('campaigns:define.judging.meaning')}
                value={meaning}
                onChange={(event) => set(withChanged(meanings, index, { meaning: event.target.value }))}
              />
              <Button
                icon={Trash2}
                weight="quiet"
                aria-label={text('campaigns:define.judging.removeMeaning', {
                  entitlement: visibleText(entitlement),
                })}
                onClick={() => set(without(meanings, index))}
              />
            </li>
          ))}
        </ul>
      )}
      <div className={styles.add}>
        <Button
          icon={ListPlus}
          disabled={scope === null || look.isPending}
          onClick={() => scope !== null && look.mutate(scope)}
        >
          {text(look.isPending ? 'campaigns:define.judging.looking' : 'campaigns:define.judging.look')}
        </Button>
        <Button icon={Plus} onClick={() => set([...meanings, { entitlement: '', meaning: '' }])}>
          {text('campaigns:define.judging.addMeaning')}
        </Button>
      </div>
      <ProblemNotice error={look.error} />
      {scope === null && <p className={styles.note}>{text('campaigns:define.judging.lookLater')}</p>}
      {look.data !== undefined && (
        <output className={styles.note}>
          {text('campaigns:define.judging.found', { count: look.data.distinct })}{' '}
          {look.data.distinct > look.data.entitlements.length &&
            text('campaigns:define.judging.foundPart', { count: look.data.entitlements.length })}
        </output>
      )}
    </>
  );
}

function useEntitlements(onFound: (found: readonly string[]) => void) {
  const { orpc } = useApi();
  return useMutation(
    orpc.campaigns.entitlements.mutationOptions({
      onSuccess: ({ entitlements }) => onFound(entitlements.map(({ entitlement }) => entitlement)),
    }),
  );
}

const notYetIn = (meanings: Meanings, found: readonly string[]): Meanings =>
  found
    .filter((value) => !meanings.some(({ entitlement }) => entitlement === value))
    .map((entitlement) => ({ entitlement, meaning: '' }));
