// An actor with name and identity in full, for a list of facts.
import { FullValue } from '../components/full-value.tsx';
import styles from './actor-text.module.css';

export function ActorFull({ actor, name }: { actor: string | null; name: string | null }) {
  const identity = <FullValue name="Actor" value={actor} missing="unattributed" />;
  if (name === null || name === '' || name === actor) return identity;
  return (
    <>
      <FullValue name="Actor name" value={name} /> <span className={styles.identity}>{identity}</span>
    </>
  );
}
