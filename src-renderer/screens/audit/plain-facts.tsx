// What a record of the pack says in single values; lists and records within it are shown to the letter elsewhere.
import { Facts } from '../../components/facts.tsx';
import type { Fact } from '../../components/facts.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { text } from '../../texts/text.ts';

const isPlain = (value: unknown): value is string | number | boolean | null =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);

const plainFact = (name: string, value: string | number | boolean | null): Fact => ({
  name,
  value: <Verbatim value={value === null ? null : String(value)} missing={text('audit:none')} />,
});

export function PlainFacts({ record }: { record: Readonly<Record<string, unknown>> }) {
  return (
    <Facts
      facts={Object.entries(record).flatMap(([name, value]) =>
        isPlain(value) ? [plainFact(name, value)] : [],
      )}
    />
  );
}
