// The language of the window. Records, packs and reports are written in English whatever is chosen here.
import { defaultLanguage, languages, speak, type Language } from '../texts/text.ts';
import { keptChoice } from './kept-choice.ts';

export const { use: useLanguage, start: startLanguage } = keptChoice<Language>({
  storageKey: 'countersign.language',
  choices: languages,
  initial: defaultLanguage,
  show: (choice, host) => {
    speak(choice);
    host.document.documentElement.lang = choice;
  },
});
