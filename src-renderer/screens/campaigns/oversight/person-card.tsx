// One person at work in a campaign: what is open, when they decided, and the numbers to ask about.
import { CircleCheck, CircleDashed, GitCompareArrows, UserX } from 'lucide-react';
import { DecisionStrip } from '../../../charts/decision-strip.tsx';
import type { StripSpan } from '../../../charts/decision-strip-layout.ts';
import { Chip } from '../../../components/chip.tsx';
import { visibleText } from '../../../components/visible-text.ts';
import { text } from '../../../texts/text.ts';
import { IndicatorTiles } from './indicator-tiles.tsx';
import type { PersonAtWork } from './people-at-work.ts';
import styles from './people-section.module.css';

type PersonCardProps = {
  person: PersonAtWork;
  span: StripSpan;
  dueOn: string | null;
  isCounted: boolean;
};

export function PersonCard({ person, span, dueOn, isCounted }: PersonCardProps) {
  const { name, course, isNamed } = person;
  const days = course?.days ?? [];
  const alone = days.reduce((sum, day) => sum + day.alone, 0);
  const together = days.reduce((sum, day) => sum + day.together, 0);
  const { from, to } = span;
  const shown = visibleText(name);
  const label =
    course === null
      ? text('campaignOversight:people.stripEmpty', { name: shown, from, to })
      : text('campaignOversight:people.strip', { name: shown, from, to, alone, together });
  return (
    <li className={styles.person}>
      <div className={styles.who}>
        <h3>
          <bdi>{shown}</bdi>
        </h3>
        <p className={styles.amounts}>
          <span className={styles.decisions}>
            {course === null
              ? text('campaignOversight:people.noDecisions')
              : text('campaignOversight:people.decisions', { count: course.decisions })}
          </span>
          {isCounted && isNamed && <OpenMark person={person} />}
          {!isNamed && <Chip icon={UserX}>{text('campaignOversight:people.outside')}</Chip>}
        </p>
        {course !== null && course.imported > 0 && (
          <p className={styles.note}>
            {text('campaignOversight:people.imported', { count: course.imported })}
          </p>
        )}
        <DecisionStrip
          days={days}
          span={span}
          dueOn={dueOn}
          label={label}
          titleOf={(day) => text('campaignOversight:people.stripDay', { ...day })}
        />
        <p className={styles.ends} aria-hidden="true">
          <span>{from}</span>
          <span>{to}</span>
        </p>
      </div>
      {course !== null && <IndicatorTiles course={course} />}
    </li>
  );
}

function OpenMark({ person: { open, inConflict } }: { person: PersonAtWork }) {
  if (open === null) return null;
  return (
    <>
      {open > 0 ? (
        <Chip icon={CircleDashed} tone="info">
          {text('campaignOversight:people.open', { count: open })}
        </Chip>
      ) : (
        <Chip icon={CircleCheck} tone="good">
          {text('campaignOversight:people.nothingOpen')}
        </Chip>
      )}
      {inConflict > 0 && (
        <Chip icon={GitCompareArrows} tone="danger">
          {text('campaignOversight:people.conflict', { count: inConflict })}
        </Chip>
      )}
    </>
  );
}
