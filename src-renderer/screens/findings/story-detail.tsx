// A story of several findings: who and when, and each finding in a sentence that leads to it.
import type { Disposition, Finding } from '#shared/model/finding.ts';
import type { FindingCase } from '#shared/model/story.ts';
import { Facts } from '../../components/facts.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { ActorFull } from '../../domain/actor-full.tsx';
import { countWords } from '../../domain/count-words.ts';
import { useDetectorTitles } from '../../domain/detector-titles.ts';
import { markEvery } from '../../domain/event-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { SentenceParts } from '../../domain/sentence.tsx';
import { SeverityMark } from '../../domain/severity-mark.tsx';
import { DispositionBar } from './disposition-bar.tsx';
import styles from './finding-detail.module.css';
import { statusOf } from './finding-rules.ts';
import { OwnNotice } from './own-notice.tsx';
import { StatusChip } from './status-chip.tsx';

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
          { name: 'Severity', value: <SeverityMark severity={story.severity} /> },
          { name: 'Findings', value: `${countWords(story.members.length, 'finding')}, ${story.open} open` },
          { name: 'Actors', value: <Actors story={story} /> },
          {
            name: 'When',
            value: (
              <>
                <InstantText instant={story.start} withOffset /> to <InstantText instant={story.end} />
              </>
            ),
          },
          { name: 'Source account', value: <Verbatim value={story.sourceAccount} /> },
        ]}
      />
      <section>
        <h3>What belongs to it, earliest first</h3>
        <ol className={styles.members}>
          {members.map((finding) => (
            <li key={finding.id}>
              <Member finding={finding} onChoose={() => onChoose(finding.id)} />
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}

function Actors({ story: { actor, actorName, actors } }: { story: FindingCase }) {
  if (actors.length > 1) return actors.map((one) => <ActorFull key={one} actor={one} name={null} />);
  return <ActorFull actor={actor} name={actorName} />;
}

function Member({ finding, onChoose }: { finding: Finding; onChoose: () => void }) {
  const titleOf = useDetectorTitles();
  const { actor, actorName, action, entity, explanationParts } = finding;
  const names = new Map(actorName === null || actorName === '' ? [] : [[actor, actorName]]);
  return (
    <button type="button" className={styles.member} onClick={onChoose}>
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
