// An actor with name and identity in full, for a list of facts.
import { FullValue } from '../components/full-value.tsx';
import { text } from '../texts/text.ts';
import styles from './actor-text.module.css';

export function ActorFull({ actor, name }: { actor: string | null; name: string | null }) {
  const identity = (
    <FullValue name={text('domain:event.actor')} value={actor} missing={text('domain:unattributed')} />
  );
  if (name === null || name === '' || name === actor) return identity;
  return (
    <>
      <FullValue name={text('domain:event.actorName')} value={name} />{' '}
      <span className={styles.identity}>{identity}</span>
    </>
  );
}
