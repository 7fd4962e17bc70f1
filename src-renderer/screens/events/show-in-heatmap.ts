// Shows in the heatmap what the events are narrowed to, as far as it can: one actor, one action, whole days.
import { useHeatmapView } from '../../state/heatmap-view.ts';
import type { EventRange } from '../../state/events-view.ts';
import { inZone } from '../../domain/zoned-time.ts';

const openEnd = '';

type Whose = { readonly actors: readonly string[]; readonly actions: readonly string[] };

/** Days of one actor, or the week of all of them where more than one is meant. */
export function showInHeatmap({ actors, actions }: Whose, range: EventRange, zone: string): void {
  const [actor] = actors;
  const [action = ''] = actions;
  const view = useHeatmapView.getState();
  const onlyActor = actors.length === 1 && actor !== undefined ? actor : null;
  view.choose({ period: daysOf(range, zone), before: null, actor: onlyActor });
  view.show(onlyActor === null ? 'week' : 'days', { action: actions.length === 1 ? action : '' });
}

/** The whole local days a range touches. */
export function daysOf({ from, to }: EventRange, zone: string): { from: string; to: string } {
  const dayOf = (instant: string) => inZone(instant, zone).slice(0, 10);
  return {
    from: from === undefined ? openEnd : dayOf(from),
    to: to === undefined ? openEnd : dayOf(new Date(Date.parse(to) - 1).toISOString()),
  };
}
