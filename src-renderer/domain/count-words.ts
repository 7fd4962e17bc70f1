// Writes counts the same way everywhere, in the language of the window.
import { spokenLanguage, text } from '../texts/text.ts';
import { byteSize } from './byte-size.ts';

const formatters = new Map<string, Intl.NumberFormat>();

/** Made once a language and form: making one takes longer than using it a thousand times. */
function formatter(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const language = spokenLanguage();
  const key = `${language} ${JSON.stringify(options)}`;
  const made = formatters.get(key) ?? new Intl.NumberFormat(language, options);
  formatters.set(key, made);
  return made;
}

export function formatCount(value: number): string {
  return formatter({}).format(value);
}

/** What is counted, by the word it has in English. */
const nouns = {
  actor: 'domain:count.actor',
  checkpoint: 'domain:count.checkpoint',
  'confirmed finding': 'domain:count.confirmedFinding',
  conflict: 'domain:count.conflict',
  control: 'domain:count.control',
  'critical finding': 'domain:count.criticalFinding',
  decision: 'domain:count.decision',
  disposition: 'domain:count.disposition',
  entry: 'domain:count.entry',
  event: 'domain:count.event',
  finding: 'domain:count.finding',
  'hidden value': 'domain:count.hiddenValue',
  item: 'domain:count.item',
  key: 'domain:count.key',
  'new event': 'domain:count.newEvent',
  'new finding': 'domain:count.newFinding',
  number: 'domain:count.number',
  'open finding': 'domain:count.openFinding',
  'review item': 'domain:count.reviewItem',
  row: 'domain:count.row',
  sample: 'domain:count.sample',
  story: 'domain:count.story',
  timestamp: 'domain:count.timestamp',
  'unsent decision': 'domain:count.unsentDecision',
  value: 'domain:count.value',
  'work paper': 'domain:count.workPaper',
} as const;

type Noun = keyof typeof nouns;

const isNoun = (noun: string): noun is Noun => Object.hasOwn(nouns, noun);

/** `1 event`, `2 events`, in the nominative; a noun that is not in the language files is counted in English. */
export function countWords(value: number, noun: string, plural = `${noun}s`): string {
  if (isNoun(noun)) return text(nouns[noun], { count: value });
  return `${formatCount(value)} ${value === 1 ? noun : plural}`;
}

/** Statistics to three significant digits below 100, to one decimal above; never in exponents. */
export function formatMeasure(value: number): string {
  if (!Number.isFinite(value)) return text('domain:unknown');
  if (value === 0) return '0';
  if (Math.abs(value) >= 100) return formatter({ maximumFractionDigits: 1 }).format(value);
  return formatter({ maximumSignificantDigits: 3 }).format(value);
}

export const formatBytes = (bytes: number): string => byteSize(bytes, spokenLanguage());

/** `a, b and c`. */
export function listWords(parts: readonly string[]): string {
  return new Intl.ListFormat(spokenLanguage(), { type: 'conjunction' }).format(parts);
}
