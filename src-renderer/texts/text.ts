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
export const namespaces = [
  'common',
  'appearance',
  'heatmap',
  'actors',
  'app',
  'audit',
  'components',
  'campaigns',
  'campaignItems',
  'campaignFiles',
  'campaignFollowUp',
  'campaignOversight',
  'conflicts',
  'domain',
  'events',
  'evidence',
  'findings',
  'ledger',
  'overview',
  'settings',
  'sources',
  'welcome',
  'queue',
  'verdicts',
] as const satisfies readonly (keyof Texts)[];

type WithoutPlural<Key extends string> = Key extends `${infer Stem}_${'one' | 'other'}` ? Stem : Key;

type LeavesOf<Branch> = {
  [Key in keyof Branch & string]: Branch[Key] extends string
    ? WithoutPlural<Key>
    : `${Key}.${LeavesOf<Branch[Key]>}`;
}[keyof Branch & string];

type Part = (typeof namespaces)[number];

/** Every key there is: `queue:left`, and those of the common part by themselves. The library's own type of it is too large to check. */
export type TextKey =
  { [Name in Part]: `${Name}:${LeavesOf<Texts[Name]>}` }[Part] | LeavesOf<Texts['common']>;

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
export const text: (key: TextKey, gaps?: Readonly<Record<string, unknown>>) => string = (key, gaps) =>
  i18next.t(key, { ...gaps });

/** The language spoken now, as the platform's formatters take it. */
export const spokenLanguage = (): string => i18next.language;

export function speak(language: Language): void {
  void i18next.changeLanguage(language);
}
