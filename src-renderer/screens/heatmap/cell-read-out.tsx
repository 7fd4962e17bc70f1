// The cell in hand: whose it is, which hour, and how many events.
import type { HeatCellAt } from '../../charts/heat-geometry.ts';
import { ActorText } from '../../domain/actor-text.tsx';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import { cellWords, type ShownCells } from './cell-words.ts';

type CellReadOutProps = {
  shown: ShownCells;
  cursor: HeatCellAt | null;
  /** Names of actors, where they are recorded. */
  names: ReadonlyMap<string, string>;
};

export function CellReadOut({ shown, cursor, names }: CellReadOutProps) {
  const cell = cursor === null ? null : cellWords(shown, cursor);
  if (cell === null) return text('heatmap:hint');
  const { who, hour, amount } = cell;
  const isActor = shown.kind === 'week';
  return (
    <Rich
      of="heatmap:readOut"
      values={{ hour, amount }}
      parts={{
        who: (
          <ActorText
            actor={isActor && who === '' ? null : who}
            name={isActor ? (names.get(who) ?? null) : null}
            missing={text('heatmap:Unattributed')}
            most={80}
          />
        ),
      }}
    />
  );
}
