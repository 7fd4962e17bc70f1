// What the list is narrowed to, one chip a value; each chip takes itself away.
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { hourOfWeekWords } from '../../charts/hours-of-week.ts';
import { useZone } from '../../domain/workspace-status.ts';
import { visibleText } from '../../components/visible-text.ts';
import { everyEvent, useEventsView } from '../../state/events-view.ts';
import { text } from '../../texts/text.ts';
import { chipsOf, isNarrowed } from './event-filters.ts';
import styles from './events-screen.module.css';
import { rangeWords } from './range-words.ts';

const mostInChip = 40;

export function FilterChips() {
  const zone = useZone();
  const { choice, choose, widen, setExtent } = useEventsView();
  if (!isNarrowed(choice)) return null;
  const { hours, range } = choice;
  return (
    <ul className={styles.chips} aria-label={text('events:chips')}>
      {chipsOf(choice).map(({ field, value }) => (
        <FilterChip
          key={`${field} ${value}`}
          name={text(`events:field.${field}`)}
          spoken={visibleText(value)}
          onRemove={() => widen(field, value)}
        >
          <Verbatim value={value} missing={text('events:notStated')} most={mostInChip} />
        </FilterChip>
      ))}
      {hours.map((hour) => (
        <FilterChip
          key={hour}
          name={text('events:field.hour')}
          spoken={hourOfWeekWords(hour)}
          onRemove={() => choose({ hours: hours.filter((one) => one !== hour) })}
        >
          {hourOfWeekWords(hour)}
        </FilterChip>
      ))}
      {(range.from !== undefined || range.to !== undefined) && (
        <FilterChip
          name={text('events:field.time')}
          spoken={rangeWords(range, zone)}
          onRemove={() => {
            setExtent({});
            choose({ range: {} });
          }}
        >
          {rangeWords(range, zone)}
        </FilterChip>
      )}
      <li>
        <Button
          size="small"
          weight="quiet"
          onClick={() => {
            setExtent({});
            choose(everyEvent);
          }}
        >
          {text('events:showAll')}
        </Button>
      </li>
    </ul>
  );
}

type FilterChipProps = { name: string; spoken: string; onRemove: () => void; children: ReactNode };

function FilterChip({ name, spoken, onRemove, children }: FilterChipProps) {
  return (
    <li className={styles.chip}>
      <span className={styles.chipName}>{name}</span>
      <span className={styles.chipValue}>{children}</span>
      <button
        type="button"
        className={styles.remove}
        aria-label={text('events:remove', { name, value: spoken })}
        onClick={onRemove}
      >
        <X size={12} aria-hidden="true" />
      </button>
    </li>
  );
}
