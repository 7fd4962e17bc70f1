// Asks about any hour of anybody, whether anything was found about them or not.
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { ActorCount } from '#shared/model/workspace.ts';
import { Button } from '../../components/button.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { Modal } from '../../components/modal.tsx';
import { useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useFindingsView, type AskedHour } from '../../state/findings-view.ts';
import { text } from '../../texts/text.ts';
import styles from './why-not-panel.module.css';
import { WhyNotForm } from './why-not-panel.tsx';

/** Nothing to begin with. */
export const nobodyAsked: AskedHour = { sourceAccount: '', actor: '', at: '' };

const mostKnown = 10_000;
const mostOffered = 500;
const nobodyKnown: readonly ActorCount[] = [];

export function WhyNotButton() {
  const ask = useFindingsView((state) => state.ask);
  return (
    <Button size="small" title={`${text('findings:whyNot.dialog')} (w)`} onClick={() => ask(nobodyAsked)}>
      {text('findings:whyNot.open')}
    </Button>
  );
}

export function WhyNotDialog({ asking, onClose }: { asking: AskedHour; onClose: () => void }) {
  const { orpc } = useApi();
  const known = useQuery(orpc.activity.topActors.queryOptions({ input: { limit: mostKnown } }));
  const actors = known.data ?? nobodyKnown;
  const [actor, setActor] = useState(asking.actor);
  const [account, setAccount] = useState(asking.sourceAccount);
  const offered = useId();
  const meant = actors.filter((one) => one.actor === actor.trim() && one.actor !== '');
  const chosen = meant.find(({ sourceAccount }) => sourceAccount === account) ?? meant[0];
  const isUnknown = actor.trim() !== '' && known.isSuccess && chosen === undefined;
  return (
    <Modal title={text('findings:whyNot.dialog')} onClose={onClose}>
      <div className={styles.dialog}>
        <p>{text('findings:whyNot.dialogWords')}</p>
        <TextField
          label={text('findings:whyNot.actor')}
          hint={text('findings:whyNot.actorHint')}
          error={isUnknown ? text('findings:whyNot.actorUnknown', { count: actors.length }) : null}
          value={actor}
          list={offered}
          onChange={(event) => setActor(event.target.value)}
        />
        <datalist id={offered}>
          {actors
            .filter((one) => one.actor !== '')
            .slice(0, mostOffered)
            .map((one) => (
              <option key={`${one.sourceAccount} ${one.actor}`} value={one.actor}>
                {one.actorName ?? one.actor}
              </option>
            ))}
        </datalist>
        {meant.length > 1 && (
          <SelectField
            label={text('findings:whyNot.account')}
            value={chosen?.sourceAccount ?? ''}
            onChange={(event) => setAccount(event.target.value)}
          >
            {meant.map(({ sourceAccount }) => (
              <option key={sourceAccount}>{sourceAccount}</option>
            ))}
          </SelectField>
        )}
        <ProblemNotice error={known.error} />
        {chosen !== undefined && (
          <WhyNotForm key={`${chosen.sourceAccount} ${chosen.actor}`} asking={hourOf(chosen, asking)} />
        )}
      </div>
    </Modal>
  );
}

/** The hour that was begun with, or the last in which the actor did something. */
function hourOf({ actor, sourceAccount, lastSeen }: ActorCount, asking: AskedHour): AskedHour {
  const isSame = actor === asking.actor && sourceAccount === asking.sourceAccount;
  return { actor, sourceAccount, at: isSame && asking.at !== '' ? asking.at : lastSeen };
}
