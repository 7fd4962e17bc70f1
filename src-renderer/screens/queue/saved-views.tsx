// Ways to narrow, order and group the queue that somebody gave a name.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Bookmark, X } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import type { SavedView } from '#shared/model/triage.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { Modal, ModalActions } from '../../components/modal.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useQueueView } from '../../state/queue-view.ts';
import { text } from '../../texts/text.ts';
import { choiceIn, choiceWords, filterOf } from './saved-choice.ts';
import styles from './saved-views.module.css';

const screen = 'queue';

export function SavedViews() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="small" icon={Bookmark} onClick={() => setOpen(true)}>
        {text('queue:views.open')}
      </Button>
      {isOpen && <ViewsDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function ViewsDialog({ onClose }: { onClose: () => void }) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const views = useQuery(orpc.triage.savedViews.queryOptions());
  const follow = {
    onSuccess: (kept: SavedView[]) => queryClient.setQueryData(orpc.triage.savedViews.queryKey(), kept),
  };
  const save = useMutation(orpc.triage.saveView.mutationOptions(follow));
  const forget = useMutation(orpc.triage.forgetView.mutationOptions(follow));
  const present = useQueueView();
  const own = views.data?.filter((view) => view.screen === screen) ?? [];
  const use = (view: SavedView) => {
    present.choose(choiceIn(view.filter));
    onClose();
  };
  return (
    <Modal title={text('queue:views.title')} onClose={onClose}>
      <SaveForm
        present={choiceWords(present)}
        taken={new Set(own.map(({ name }) => name))}
        isPending={save.isPending}
        onSave={(name) => save.mutate({ screen, name, filter: filterOf(present) })}
      />
      <ProblemNotice error={views.error ?? save.error ?? forget.error} />
      {views.isSuccess && own.length === 0 && <p className={styles.none}>{text('queue:views.none')}</p>}
      <ul className={styles.list} aria-label={text('queue:views.title')}>
        {own.map((view) => (
          <li key={view.name} className={styles.view}>
            <div className={styles.words}>
              <strong>
                <bdi>{visibleText(view.name)}</bdi>
              </strong>
              <p>{choiceWords(choiceIn(view.filter))}</p>
            </div>
            <Button
              size="small"
              aria-label={text('queue:views.useNamed', { name: visibleText(view.name) })}
              onClick={() => use(view)}
            >
              {text('queue:views.use')}
            </Button>
            <Button
              size="small"
              weight="quiet"
              icon={X}
              aria-label={text('queue:views.forgetNamed', { name: visibleText(view.name) })}
              onClick={() => forget.mutate({ screen, name: view.name })}
            />
          </li>
        ))}
      </ul>
      <ModalActions>
        <Button onClick={onClose}>{text('queue:views.close')}</Button>
      </ModalActions>
    </Modal>
  );
}

type SaveFormProps = {
  /** How the list is narrowed and ordered now, in words. */
  present: string;
  /** Names in use. */
  taken: ReadonlySet<string>;
  isPending: boolean;
  onSave: (name: string) => void;
};

function SaveForm({ present, taken, isPending, onSave }: SaveFormProps) {
  const [name, setName] = useState('');
  const trimmed = name.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (trimmed === '' || isPending) return;
    onSave(trimmed);
    setName('');
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <p>{text('queue:views.present', { what: present })}</p>
      <TextField
        label={text('queue:views.name')}
        hint={taken.has(trimmed) ? text('queue:views.taken') : undefined}
        value={name}
        maxLength={100}
        onChange={(event) => setName(event.target.value)}
      />
      <Button submits weight="primary" disabled={trimmed === '' || isPending}>
        {text('queue:views.save')}
      </Button>
    </form>
  );
}
