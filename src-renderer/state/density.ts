// How close together rows and controls stand.
import { keptChoice } from './kept-choice.ts';

export const densityChoices = ['comfortable', 'compact'] as const;
export type Density = (typeof densityChoices)[number];

export const { use: useDensity, start: startDensity } = keptChoice<Density>({
  storageKey: 'countersign.density',
  choices: densityChoices,
  initial: 'comfortable',
  show: (choice, host) => {
    host.document.documentElement.dataset['density'] = choice;
  },
});

/** Pixels of a row of a table; equals --row of the stylesheet. */
export const rowHeights: Readonly<Record<Density, number>> = { comfortable: 32, compact: 26 };
