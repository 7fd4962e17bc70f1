// Who or what a finding is about.
import type { Finding } from '#shared/model/finding.ts';
import { Verbatim } from '../../components/verbatim.tsx';
import { ActorText } from '../../domain/actor-text.tsx';
import { text } from '../../texts/text.ts';

type FindingSubjectProps = {
  finding: Pick<Finding, 'actor' | 'actorName' | 'entity'>;
  most?: number;
};

/** An address, an account or a route stands in where nobody in particular acted. */
export function FindingSubject({ finding: { actor, actorName, entity }, most }: FindingSubjectProps) {
  if (actor !== '' || entity.kind === 'actor' || entity.value === '')
    return (
      <ActorText
        actor={actor === '' && entity.kind === 'actor' ? entity.value : actor}
        name={actorName}
        {...(most === undefined ? {} : { most })}
      />
    );
  return (
    <>
      {text(`findings:subject.${entity.kind}`)} <Verbatim value={entity.value} most={most} />
    </>
  );
}
