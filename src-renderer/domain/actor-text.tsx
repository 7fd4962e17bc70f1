// An actor by name where one is recorded, always with the identity beside it.
import { Verbatim } from '../components/verbatim.tsx';
import styles from './actor-text.module.css';

type ActorTextProps = { actor: string | null; name: string | null; missing?: string };

export function ActorText({ actor, name, missing = 'unattributed' }: ActorTextProps) {
  if (name === null || name === '' || name === actor) return <Verbatim value={actor} missing={missing} />;
  return (
    <>
      <Verbatim value={name} />{' '}
      <span className={styles.identity}>
        <Verbatim value={actor} missing={missing} />
      </span>
    </>
  );
}
