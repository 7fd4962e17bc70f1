// A value in full, however long: a long one scrolls in its own frame instead of pushing everything else away.
import { ScrollText } from './scroll-region.tsx';
import { Verbatim } from './verbatim.tsx';

const mostInLine = 400;

export function FullValue({
  name,
  value,
  missing,
}: {
  name: string;
  value: string | null;
  missing?: string;
}) {
  if (value !== null && value.length > mostInLine) return <ScrollText label={name} text={value} />;
  return <Verbatim value={value} missing={missing} />;
}
