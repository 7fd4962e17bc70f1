// Filters of events kept under a name in the workspace: shown again, replaced, forgotten.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Bookmark, X } from 'lucide-react';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { Modal, ModalActions } from '../../components/modal.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useEventsView } from '../../state/events-view.ts';
import { text } from '../../texts/text.ts';
import { choiceKept, isNarrowed, keepChoice } from './event-filters.ts';
import styles from './events-screen.module.css';

const mostInName = 50;
const longestName = 100;
const screen = 'events';

export function SavedViews() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button size="small" icon={Bookmark} onClick={() => setIsOpen(true)}>
        {text('events:views.open')}
      </Button>
      {isOpen && <ViewsDialog onClose={() => setIsOpen(false)} />}
    </>
  );
}

function ViewsDialog({ onClose }: { onClose: () => void }) {
  const { orpc } = useApi();
  const { choice, choose, setExtent } = useEventsView();
  const views = useQuery(orpc.triage.savedViews.queryOptions());
  const own = views.data?.filter((view) => view.screen === screen) ?? [];
  const save = useChange(orpc.triage.saveView.mutationOptions());
  const forget = useChange(orpc.triage.forgetView.mutationOptions());
  return (
    <Modal title={text('events:views.title')} onClose={onClose}>
      <ProblemNotice error={views.error ?? save.error ?? forget.error} />
      {views.data !== undefined && own.length === 0 && <p>{text('events:views.none')}</p>}
      <ul className={styles.views}>
        {own.map(({ name, filter }) => {
          const kept = choiceKept(filter);
          return (
            <li key={name} className={styles.view}>
              <Button
                weight="quiet"
                disabled={kept === null}
                onClick={() => {
                  setExtent({});
                  choose(kept ?? {});
                  onClose();
                }}
              >
                <Verbatim value={name} most={mostInName} />
              </Button>
              {kept === null && <span className={styles.note}>{text('events:views.foreign')}</span>}
              <Button
                size="small"
                weight="quiet"
                icon={X}
                aria-label={text('events:views.forget', { name: visibleText(name) })}
                onClick={() => forget.mutate({ screen, name })}
              />
            </li>
          );
        })}
      </ul>
      {isNarrowed(choice) ? (
        <SaveForm
          isTaken={(name) => own.some((view) => view.name === name)}
          isBusy={save.isPending}
          onSave={(name) => save.mutate({ screen, name, filter: keepChoice(choice) }, { onSuccess: onClose })}
        />
      ) : (
        <p className={styles.note}>{text('events:views.nothingToSave')}</p>
      )}
    </Modal>
  );
}

type SaveFormProps = {
  isTaken: (name: string) => boolean;
  isBusy: boolean;
  onSave: (name: string) => void;
};

function SaveForm({ isTaken, isBusy, onSave }: SaveFormProps) {
  const [name, setName] = useState('');
  const trimmed = name.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (trimmed !== '') onSave(trimmed);
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextField
        label={text('events:views.name')}
        value={name}
        maxLength={longestName}
        dir="auto"
        hint={isTaken(trimmed) ? text('events:views.replaces') : undefined}
        onChange={({ target }) => setName(target.value)}
      />
      <ModalActions>
        <Button submits weight="primary" disabled={trimmed === '' || isBusy}>
          {text('events:views.save')}
        </Button>
      </ModalActions>
    </form>
  );
}

/** What comes back is the list as it is now. */
function useChange<Input, Output>(options: Parameters<typeof useMutation<Output, Error, Input>>[0]) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  return useMutation({
    ...options,
    onSettled: () => queryClient.invalidateQueries({ queryKey: orpc.triage.savedViews.key() }),
  });
}
