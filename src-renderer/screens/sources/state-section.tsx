// How the source stands: whether it answers, how old what is shown is, how far the clocks are apart, and what is kept here.
import { mappedFields } from '#shared/model/connection.ts';
import type { SourceHealth } from '#shared/model/source-health.ts';
import { Facts } from '../../components/facts.tsx';
import { Panel } from '../../components/panel.tsx';
import { formatBytes, formatCount } from '../../domain/count-words.ts';
import { durationWords } from '../../domain/duration-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { Sentences } from '../../domain/report-sentences.tsx';
import { usePresence } from '../../domain/workspace-status.ts';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import { Ago } from './ago.tsx';
import { briefWords } from './brief-words.ts';
import { ReadOnlyPanel } from './read-only-panel.tsx';
import styles from './sources-screen.module.css';

export function StateSection({ health }: { health: SourceHealth }) {
  return (
    <>
      {health.readOnly !== null && <ReadOnlyPanel readOnly={health.readOnly} />}
      <Standing health={health} />
      <Mirror mirror={health.mirror} />
    </>
  );
}

function Standing({ health }: { health: SourceHealth }) {
  const { now, lastContactAt, readUpTo, lastEventAt, clock, queueReadAt, medianRefreshMs } = health;
  return (
    <Panel title={text('sources:state.title')}>
      <Sentences label={text('sources:state.sentences')} sentences={health.sentences} />
      <Facts
        facts={[
          { name: text('sources:state.now'), value: <Answer /> },
          { name: text('sources:state.contact'), value: <Ago at={lastContactAt} now={now} /> },
          { name: text('sources:state.readUpTo'), value: <Ago at={readUpTo} now={now} /> },
          { name: text('sources:state.newest'), value: <Ago at={lastEventAt} now={now} /> },
          { name: text('sources:state.clock'), value: clockText(clock.offsetMs) },
          {
            name: text('sources:state.queue'),
            value: <Ago at={queueReadAt} now={now} missing={text('sources:state.noQueue')} />,
          },
          {
            name: text('sources:state.refresh'),
            value:
              medianRefreshMs === null
                ? text('sources:state.noMedian')
                : text('sources:state.median', { span: briefWords(medianRefreshMs) }),
          },
        ]}
      />
    </Panel>
  );
}

function Answer() {
  const { state, message, checkedAt } = usePresence();
  const answer = text(`sources:answer.${state}`);
  return (
    <>
      {checkedAt === null ? (
        answer
      ) : (
        <Rich
          of="sources:state.answerAt"
          values={{ answer }}
          parts={{ at: <InstantText instant={checkedAt} precision="second" /> }}
        />
      )}
      {message !== null && <p className={styles.note}>{message}</p>}
    </>
  );
}

const sameClockMs = 1000;

function clockText(offsetMs: number | null): string {
  if (offsetMs === null) return text('sources:state.clockUnknown');
  if (Math.abs(offsetMs) < sameClockMs) return text('sources:state.clockClose');
  const span = durationWords(offsetMs);
  return text(offsetMs > 0 ? 'sources:state.clockAhead' : 'sources:state.clockBehind', { span });
}

/** A field that a newer release mirrors keeps its name in the program. */
function nameOf(field: string): string {
  const known = mappedFields.find((one) => one === field);
  return known === undefined ? field : text(`sources:field.${known}`);
}

function Mirror({ mirror }: Pick<SourceHealth, 'mirror'>) {
  return (
    <Panel title={text('sources:mirror.title')} note={text('sources:mirror.note')}>
      <Facts
        facts={[
          {
            name: text('sources:mirror.kept'),
            value: text(mirror.onlyCounts ? 'sources:mirror.counts' : 'sources:mirror.whole'),
          },
          { name: text('sources:mirror.events'), value: formatCount(mirror.events) },
          {
            name: text('sources:mirror.since'),
            value:
              mirror.firstEventAt === null ? (
                text('sources:none')
              ) : (
                <InstantText instant={mirror.firstEventAt} />
              ),
          },
          { name: text('sources:mirror.days'), value: formatCount(mirror.days) },
          { name: text('sources:mirror.actors'), value: formatCount(mirror.actors) },
          {
            name: text('sources:mirror.fields'),
            value: mirror.fields.length === 0 ? text('sources:none') : mirror.fields.map(nameOf).join(', '),
          },
          { name: text('sources:mirror.size'), value: formatBytes(mirror.bytes) },
        ]}
      />
    </Panel>
  );
}
