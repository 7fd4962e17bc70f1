// The keys of the events: moving through the list, searching, jumping to a date.
import type { RefObject } from 'react';
import { useShortcuts } from '../../components/keyboard.tsx';
import { useEventsView } from '../../state/events-view.ts';
import { text } from '../../texts/text.ts';

type EventKeys = {
  total: number;
  searchInput: RefObject<HTMLInputElement | null>;
  dateInput: RefObject<HTMLInputElement | null>;
  open: () => void;
};

export function useEventKeys({ total, searchInput, dateInput, open }: EventKeys): void {
  const group = text('events:title');
  const move = (step: number) => {
    const { row, setRow } = useEventsView.getState();
    if (total > 0) setRow(row === null ? 0 : Math.min(total - 1, Math.max(0, row + step)));
  };
  const next = { label: text('events:keys.next'), group, repeats: true, run: () => move(1) };
  const before = { label: text('events:keys.before'), group, repeats: true, run: () => move(-1) };
  useShortcuts([
    { keys: 'j', ...next },
    { keys: 'k', ...before },
    { keys: 'ArrowDown', ...next },
    { keys: 'ArrowUp', ...before },
    { keys: 'Enter', label: text('events:keys.open'), group, run: open },
    { keys: '/', label: text('events:keys.search'), group, run: () => searchInput.current?.focus() },
    { keys: 'd', label: text('events:keys.date'), group, run: () => dateInput.current?.focus() },
  ]);
}
