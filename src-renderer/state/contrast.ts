// Whether lines and faint text are drawn in full strength.
import { keptChoice } from './kept-choice.ts';

export const contrastChoices = ['system', 'normal', 'high'] as const;
export type ContrastChoice = (typeof contrastChoices)[number];

export const { use: useContrast, start: startContrast } = keptChoice<ContrastChoice>({
  storageKey: 'countersign.contrast',
  choices: contrastChoices,
  initial: 'system',
  show: (choice, host) => {
    host.document.documentElement.dataset['contrast'] = choice;
  },
});
