// A severity as icon, word and colour together, so that none of them carries it alone.
import { CircleAlert, CircleHelp, Info, OctagonAlert, TriangleAlert } from 'lucide-react';
import { Chip } from '../components/chip.tsx';
import { shortened } from '../components/shortened.ts';
import { visibleText } from '../components/visible-text.ts';
import { knownSeverity } from './severity-rank.ts';

const looks = {
  critical: { icon: OctagonAlert, tone: 'danger', label: 'Critical' },
  high: { icon: TriangleAlert, tone: 'high', label: 'High' },
  medium: { icon: CircleAlert, tone: 'warning', label: 'Medium' },
  low: { icon: Info, tone: 'info', label: 'Low' },
} as const;

/** A severity is a word; whatever is longer is shown in part and in full on hover. */
const mostCharacters = 24;

/** A word of the source that is none of ours is shown as it is, in neutral colours. */
export function SeverityMark({ severity }: { severity: string | null }) {
  const known = knownSeverity(severity);
  if (known === null) {
    return (
      <Chip icon={CircleHelp} title={`Severity as the source wrote it: ${severity ?? 'none'}`}>
        {severity === null || severity === ''
          ? 'Not rated'
          : shortened(visibleText(severity), mostCharacters)}
      </Chip>
    );
  }
  const { icon, tone, label } = looks[known];
  const isOurs = severity?.toLowerCase() === known;
  return (
    <Chip
      icon={icon}
      tone={tone}
      {...(isOurs ? {} : { title: `As the source wrote it; ranked as ${known}` })}
    >
      {isOurs ? label : (severity ?? label)}
    </Chip>
  );
}
