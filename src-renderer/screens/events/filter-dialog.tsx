// Narrows the list by a value that is typed, or by stating nothing.
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { FormEvent } from 'react';
import { Button } from '../../components/button.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { Modal, ModalActions } from '../../components/modal.tsx';
import { useApi } from '../../domain/api.ts';
import { eventFields, useEventsView, type EventField } from '../../state/events-view.ts';
import { text } from '../../texts/text.ts';
import styles from './events-screen.module.css';

const mostOffered = 500;

export function FilterDialog({ onClose }: { onClose: () => void }) {
  const narrow = useEventsView((state) => state.narrow);
  const [field, setField] = useState<EventField>('action');
  const [value, setValue] = useState('');
  const [isStated, setIsStated] = useState(true);
  const offersId = useId();
  const offers = useOffers(field);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isStated && value === '') return;
    narrow(field, isStated ? value : '');
    onClose();
  };
  return (
    <Modal title={text('events:filter.title')} onClose={onClose} width="narrow">
      <form className={styles.form} onSubmit={submit}>
        <SelectField
          label={text('events:filter.field')}
          value={field}
          onChange={({ target }) => setField(eventFields.find((one) => one === target.value) ?? 'action')}
        >
          {eventFields.map((one) => (
            <option key={one} value={one}>
              {text(`events:field.${one}`)}
            </option>
          ))}
        </SelectField>
        <TextField
          label={text('events:filter.value')}
          hint={text(field === 'address' ? 'events:filter.addressHint' : 'events:filter.hint')}
          list={offersId}
          value={value}
          disabled={!isStated}
          dir="auto"
          onChange={({ target }) => setValue(target.value)}
        />
        <datalist id={offersId}>
          {offers.map((offer) => (
            <option key={offer} value={offer}>
              {visibleText(offer)}
            </option>
          ))}
        </datalist>
        <label className={styles.check}>
          <input type="checkbox" checked={!isStated} onChange={() => setIsStated(!isStated)} />
          {text(field === 'actor' ? 'events:filter.nobody' : 'events:filter.nothing')}
        </label>
        <ModalActions>
          <Button submits weight="primary" disabled={isStated && value === ''}>
            {text('events:filter.add')}
          </Button>
        </ModalActions>
      </form>
    </Modal>
  );
}

/** Values known without looking through events. */
function useOffers(field: EventField): string[] {
  const { orpc } = useApi();
  const actions = useQuery(orpc.activity.actions.queryOptions({ enabled: field === 'action' }));
  const actors = useQuery(
    orpc.activity.topActors.queryOptions({ input: { limit: mostOffered }, enabled: field === 'actor' }),
  );
  if (field === 'action') return actions.data?.map(({ action }) => action).slice(0, mostOffered) ?? [];
  if (field === 'actor')
    return [...new Set(actors.data?.map(({ actor }) => actor).filter((actor) => actor !== ''))];
  return [];
}
