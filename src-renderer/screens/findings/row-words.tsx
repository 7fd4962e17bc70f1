// What a row of the lists is about, and whom.
import type { Finding } from '#shared/model/finding.ts';
import type { FindingCase } from '#shared/model/story.ts';
import { Verbatim } from '../../components/verbatim.tsx';
import { countWords } from '../../domain/count-words.ts';
import { useFindingsView } from '../../state/findings-view.ts';
import { text } from '../../texts/text.ts';
import { FindingSubject } from './finding-subject.tsx';
import { titleWithoutActor } from './story-tree.ts';

type RowWords = { finding: Finding | null; story: FindingCase | null };

export function What({
  row: { finding, story },
  titleOf,
}: {
  row: RowWords;
  titleOf: (detector: string) => string;
}) {
  const isOneDetector = useFindingsView((state) => state.detector !== '');
  if (finding === null) return story === null ? null : <Verbatim value={titleWithoutActor(story)} />;
  const title = titleOf(finding.detector);
  if (isOneDetector && finding.action !== '') return <Verbatim value={finding.action} />;
  if (isOneDetector && finding.detector === 'nb') return <em>{text('findings:everyAction')}</em>;
  if (finding.action === '') return <Verbatim value={title} />;
  return (
    <>
      {title} · <Verbatim value={finding.action} />
    </>
  );
}

/** The name alone: there is little room, and the identity stands beside the list. */
export function Who({ row: { finding, story } }: { row: RowWords }) {
  if (finding !== null && finding.actor === '') return <FindingSubject finding={finding} />;
  if (finding === null && story !== null && story.actors.length > 1)
    return countWords(story.actors.length, 'actor');
  const { actor, actorName } = finding ?? story ?? { actor: '', actorName: null };
  if (actorName === null || actorName === '')
    return <Verbatim value={actor} missing={text('findings:subject.nobody')} />;
  return (
    <span title={actor}>
      <Verbatim value={actorName} />
    </span>
  );
}
