// An actor by name where one is recorded, always with the identity beside it.
import { Verbatim } from '../components/verbatim.tsx';
import styles from './actor-text.module.css';

type ActorTextProps = {
  actor: string | null;
  name: string | null;
  missing?: string;
  /** Characters of the name and of the identity that fit here. */
  most?: number;
};

export function ActorText({ actor, name, missing = 'unattributed', most }: ActorTextProps) {
  if (name === null || name === '' || name === actor)
    return <Verbatim value={actor} missing={missing} most={most} />;
  return (
    <>
      <Verbatim value={name} most={most} />{' '}
      <span className={styles.identity}>
        <Verbatim value={actor} missing={missing} most={most} />
      </span>
    </>
  );
}
