// The way of each person's items, drawn: handed out, come back, decided; with what to do next.
import { CircleCheck, CircleDashed, FileUp, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Bar } from '../../../charts/bar.tsx';
import { Button } from '../../../components/button.tsx';
import { Chip, type ChipTone } from '../../../components/chip.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Verbatim } from '../../../components/verbatim.tsx';
import { formatCount } from '../../../domain/count-words.ts';
import { InstantText } from '../../../domain/instant.tsx';
import { text } from '../../../texts/text.ts';
import type { FlowRow, FlowStanding } from './file-flow.ts';
import styles from './flow-list.module.css';

type FlowListProps = {
  rows: readonly FlowRow[];
  /** Names of the stages. */
  stages: readonly string[];
  /** Null where nothing is handed out any more. */
  onHandOut: ((row: FlowRow) => void) | null;
  onDecide: () => void;
};

export function FlowList({ rows, stages, onHandOut, onDecide }: FlowListProps) {
  if (rows.length === 0) return <EmptyState title={text('campaignFiles:flow.none')} />;
  return (
    <ul className={styles.rows} aria-label={text('campaignFiles:flow.title')}>
      {rows.map((row) => (
        <li key={`${row.stage} ${row.person?.id ?? ''}`} className={styles.row}>
          <Who row={row} stages={stages} />
          <Way row={row} />
          <div className={styles.act}>
            <Act row={row} onHandOut={onHandOut} onDecide={onDecide} />
          </div>
        </li>
      ))}
    </ul>
  );
}

type ActProps = Pick<FlowListProps, 'onHandOut' | 'onDecide'> & { row: FlowRow };

function Act({ row, onHandOut, onDecide }: ActProps) {
  const { person, standing, open, handedOut } = row;
  if (person === null || onHandOut === null || open === 0) return null;
  if (standing === 'here')
    return (
      <Button size="small" onClick={onDecide}>
        {text('campaignFiles:flow.decideHere')}
      </Button>
    );
  const words = text(handedOut === null ? 'campaignFiles:flow.handOut' : 'campaignFiles:flow.again');
  return (
    <Button
      size="small"
      icon={FileUp}
      weight={standing === 'not-handed-out' ? 'primary' : 'secondary'}
      aria-label={text('campaignFiles:flow.handOutTo', { act: words, name: person.name })}
      onClick={() => onHandOut(row)}
    >
      {words}
    </Button>
  );
}

const tones: Readonly<Record<FlowStanding, ChipTone>> = {
  out: 'info',
  'partly-back': 'warning',
  'not-handed-out': 'neutral',
  here: 'neutral',
  settled: 'good',
};

function Who({ row, stages }: { row: FlowRow; stages: readonly string[] }) {
  const { person, stage, standing } = row;
  return (
    <div className={styles.who}>
      <p className={styles.name}>
        <Verbatim value={person?.name ?? null} missing={text('campaignFiles:flow.nobody')} />
      </p>
      {stages.length > 1 && (
        <p className={styles.quiet}>
          {text('campaignFiles:stage', { number: stage + 1 })}: <Verbatim value={stages[stage] ?? null} />
        </p>
      )}
      <Chip tone={tones[standing]} title={text(`campaignFiles:standing.${standing}.meaning`)}>
        {text(`campaignFiles:standing.${standing}.label`)}
      </Chip>
    </div>
  );
}

function Way({ row }: { row: FlowRow }) {
  const { handedOut, cameBack, open, decided, inConflict } = row;
  const all = open + decided + inConflict;
  return (
    <ol className={styles.way}>
      <Step isDone={handedOut !== null} title={text('campaignFiles:step.out')}>
        {handedOut === null ? (
          text('campaignFiles:step.notOut')
        ) : (
          <>
            {text('campaignFiles:items', { count: handedOut.count })}
            <InstantText instant={handedOut.at} />
          </>
        )}
      </Step>
      <Step isDone={cameBack !== null} title={text('campaignFiles:step.back')}>
        {cameBack === null ? (
          text('campaignFiles:step.notBack')
        ) : (
          <>
            {text('campaignFiles:step.added', { count: cameBack.count })}
            {cameBack.refused > 0 && (
              <span className={styles.warned}>
                {text('campaignFiles:step.refused', { count: cameBack.refused })}
              </span>
            )}
            <InstantText instant={cameBack.at} />
          </>
        )}
      </Step>
      <Step isDone={all > 0 && decided === all} title={text('campaignFiles:step.decided')}>
        {all === 0 ? (
          text('campaignFiles:step.noneNow')
        ) : (
          <>
            <Bar length={(decided / all) * 100} />
            {text('campaignFiles:step.of', { decided: formatCount(decided), all: formatCount(all) })}
          </>
        )}
        {inConflict > 0 && (
          <span className={styles.warned}>
            {text('campaignFiles:step.inConflict', { count: inConflict })}
          </span>
        )}
      </Step>
    </ol>
  );
}

function Step({ isDone, title, children }: { isDone: boolean; title: string; children: ReactNode }) {
  const Icon: LucideIcon = isDone ? CircleCheck : CircleDashed;
  return (
    <li className={`${styles.step} ${isDone ? styles.done : ''}`}>
      <Icon className={styles.icon} aria-hidden="true" />
      <div className={styles.said}>
        <span className={styles.title}>{title}</span>
        {children}
      </div>
    </li>
  );
}
