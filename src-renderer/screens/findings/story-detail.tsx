// A story of several findings: who and when, on a line of time, and each finding in a sentence that leads to it.
import type { Disposition, Finding } from '#shared/model/finding.ts';
import type { FindingCase } from '#shared/model/story.ts';
import { StoryLineChart } from '../../charts/story-line-chart.tsx';
import { Facts } from '../../components/facts.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { ActorFull } from '../../domain/actor-full.tsx';
import { countWords } from '../../domain/count-words.ts';
import { useDetectorTitles } from '../../domain/detector-titles.ts';
import { markEvery } from '../../domain/event-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { SentenceParts } from '../../domain/sentence.tsx';
import { SeverityMark } from '../../domain/severity-mark.tsx';
import { useZone } from '../../domain/workspace-status.ts';
import { inZone } from '../../domain/zoned-time.ts';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import { DispositionBar } from './disposition-bar.tsx';
import styles from './finding-detail.module.css';
import { statusOf } from './finding-rules.ts';
import { OwnNotice } from './own-notice.tsx';
import { StatusChip } from './status-chip.tsx';

const dayMs = 86_400_000;

type StoryDetailProps = {
  story: FindingCase;
  findings: readonly Finding[];
  onChoose: (finding: string) => void;
  onDispose: (disposition: Disposition) => void;
};

export function StoryDetail({ story, findings, onChoose, onDispose }: StoryDetailProps) {
  const members = story.members.flatMap((id) => findings.find((finding) => finding.id === id) ?? []);
  return (
    <div className={styles.detail}>
      <header className={styles.head}>
        <h2>
          <Verbatim value={story.title} most={160} />
        </h2>
        {story.open > 0 && <DispositionBar onDispose={onDispose} />}
      </header>
      {story.isOwnAction === true && <OwnNotice />}
      <Facts
        facts={[
          { name: text('findings:detail.severity'), value: <SeverityMark severity={story.severity} /> },
          {
            name: text('findings:story.findings'),
            value: text('findings:story.count', {
              findings: countWords(story.members.length, 'finding'),
              open: story.open,
            }),
          },
          { name: text('findings:story.actors'), value: <Actors story={story} /> },
          {
            name: text('findings:detail.when'),
            value: (
              <Rich
                of="findings:detail.span"
                parts={{
                  start: <InstantText instant={story.start} withOffset />,
                  end: <InstantText instant={story.end} />,
                }}
              />
            ),
          },
          {
            name: text('findings:detail.sourceAccount'),
            value: <Verbatim value={story.sourceAccount} />,
          },
        ]}
      />
      <Timeline members={members} />
      <section>
        <h3>{text('findings:story.members')}</h3>
        <ol className={styles.members}>
          {members.map((finding, place) => (
            <li key={finding.id}>
              <Member finding={finding} number={place + 1} onChoose={() => onChoose(finding.id)} />
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}

function Timeline({ members }: { members: readonly Finding[] }) {
  const titleOf = useDetectorTitles();
  const zone = useZone();
  const lanes = members.map(({ id, start, end, severity, detector }, place) => ({
    id,
    severity,
    fromMs: Date.parse(start),
    toMs: Date.parse(end),
    title: text('findings:story.bar', {
      number: place + 1,
      title: visibleText(titleOf(detector)),
      from: inZone(start, zone),
      to: inZone(end, zone),
    }),
  }));
  const isLong =
    Math.max(...lanes.map(({ toMs }) => toMs)) - Math.min(...lanes.map(({ fromMs }) => fromMs)) > dayMs;
  const tickWords = (ms: number) => {
    const local = inZone(new Date(ms).toISOString(), zone);
    return isLong ? local.slice(5) : local.slice(11);
  };
  if (members.length < 2) return null;
  return <StoryLineChart lanes={lanes} label={text('findings:story.timeline')} tickWords={tickWords} />;
}

function Actors({ story: { actor, actorName, actors } }: { story: FindingCase }) {
  if (actors.length > 1) return actors.map((one) => <ActorFull key={one} actor={one} name={null} />);
  return <ActorFull actor={actor} name={actorName} />;
}

type MemberProps = { finding: Finding; number: number; onChoose: () => void };

function Member({ finding, number, onChoose }: MemberProps) {
  const titleOf = useDetectorTitles();
  const { actor, actorName, action, entity, explanationParts } = finding;
  const names = new Map(actorName === null || actorName === '' ? [] : [[actor, actorName]]);
  return (
    <button type="button" className={styles.member} onClick={onChoose}>
      <span className={styles.memberNumber}>{number}</span>
      <SeverityMark severity={finding.severity} />
      <span className={styles.memberTitle}>{titleOf(finding.detector)}</span>
      <StatusChip status={statusOf(finding)} />
      <span className={styles.memberText}>
        <SentenceParts
          parts={markEvery(explanationParts.what, [action, actor, actorName ?? '', entity.value], names)}
        />
      </span>
    </button>
  );
}
