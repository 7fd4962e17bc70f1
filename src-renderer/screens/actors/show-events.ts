// Narrows the screen of events to those of an actor, or to those of them with one value.
import { everyEvent, useEventsView, withValue, type EventField } from '../../state/events-view.ts';

/** @param actor empty for events that name nobody */
export function showEventsOf(actor: string, field?: EventField, value = ''): void {
  const whose = withValue(everyEvent, 'actor', actor);
  const view = useEventsView.getState();
  view.setExtent({});
  view.setEvent(null);
  view.choose(field === undefined ? whose : withValue(whose, field, value));
}
