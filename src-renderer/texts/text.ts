// Every text of the window by its key, in the language chosen.
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { german } from './de/german.ts';
import { english, type Texts } from './en-GB/english.ts';

export const languages = ['en-GB', 'de'] as const;
export type Language = (typeof languages)[number];
export const defaultLanguage: Language = 'en-GB';

/** What a language calls itself; the same in every language. */
export const languageNames: Readonly<Record<Language, string>> = { 'en-GB': 'English', de: 'Deutsch' };

/** The parts the texts are kept in. */
export const namespaces = ['common', 'appearance', 'heatmap'] as const satisfies readonly (keyof Texts)[];

declare module 'i18next' {
  // The library asks for this name: it makes a key that no language file holds a type error.
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: Texts;
  }
}

void i18next.use(initReactI18next).init({
  lng: defaultLanguage,
  fallbackLng: defaultLanguage,
  supportedLngs: [...languages],
  defaultNS: 'common',
  resources: { 'en-GB': english, de: german },
  // Texts are part of the program, so they are there before the first screen is.
  initAsync: false,
  // React shows text as text; escaping here would show entities.
  interpolation: { escapeValue: false },
});

/** `text('queue:left', { count })`: the sentence behind a key, its gaps filled, its plural chosen. */
export const text = i18next.t;

export function speak(language: Language): void {
  void i18next.changeLanguage(language);
}
