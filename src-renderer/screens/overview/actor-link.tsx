// Somebody by name, leading to their profile.
import { ActorText } from '../../domain/actor-text.tsx';
import type { ActorInView } from '../../state/actors-view.ts';
import styles from './actor-link.module.css';

type ActorLinkProps = {
  actor: ActorInView & { actorName: string | null };
  onOpen: (actor: ActorInView) => void;
};

/** Events nobody is named for have no profile. */
export function ActorLink({ actor: { actor, actorName, sourceAccount }, onOpen }: ActorLinkProps) {
  if (actor === '') return <ActorText actor={actor} name={actorName} />;
  return (
    <button type="button" className={styles.link} onClick={() => onOpen({ actor, sourceAccount })}>
      <ActorText actor={actor} name={actorName} />
    </button>
  );
}
