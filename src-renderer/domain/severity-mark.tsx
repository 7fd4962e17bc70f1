// A severity as icon, word and colour together, so that none of them carries it alone.
import { CircleAlert, CircleHelp, Info, OctagonAlert, TriangleAlert } from 'lucide-react';
import { Chip } from '../components/chip.tsx';
import { shortened } from '../components/shortened.ts';
import { visibleText } from '../components/visible-text.ts';
import { text } from '../texts/text.ts';
import { knownSeverity } from './severity-rank.ts';

const looks = {
  critical: { icon: OctagonAlert, tone: 'danger' },
  high: { icon: TriangleAlert, tone: 'high' },
  medium: { icon: CircleAlert, tone: 'warning' },
  low: { icon: Info, tone: 'info' },
} as const;

/** A severity is a word; whatever is longer is shown in part and in full on hover. */
const mostCharacters = 24;

/** A word of the source that is none of ours is shown as it is, in neutral colours. */
export function SeverityMark({ severity }: { severity: string | null }) {
  const known = knownSeverity(severity);
  if (known === null) {
    return (
      <Chip
        icon={CircleHelp}
        title={text('domain:severity.asWritten', { severity: severity ?? text('domain:severity.none') })}
      >
        {severity === null || severity === ''
          ? text('domain:severity.notRated')
          : shortened(visibleText(severity), mostCharacters)}
      </Chip>
    );
  }
  const { icon, tone } = looks[known];
  const label = text(`domain:severity.${known}`);
  const isOurs = severity?.toLowerCase() === known;
  return (
    <Chip
      icon={icon}
      tone={tone}
      {...(isOurs ? {} : { title: text('domain:severity.rankedAs', { severity: known }) })}
    >
      {isOurs ? label : (severity ?? label)}
    </Chip>
  );
}
