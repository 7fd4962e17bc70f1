// A draft somebody recorded anew while it was being changed here: what differs in words, and whose word is to stand.
import type { CampaignDefinition } from '#shared/model/campaign.ts';
import type { CampaignStatus } from '#shared/model/campaign-view.ts';
import { Button } from '../../components/button.tsx';
import { Panel } from '../../components/panel.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { InstantText } from '../../domain/instant.tsx';
import { text } from '../../texts/text.ts';
import styles from './changed-elsewhere.module.css';
import { definitionDifferences, type PartDifference } from './definition-differences.ts';

type ChangedElsewhereProps = {
  campaign: CampaignStatus;
  /** What was typed; null while it is not complete. */
  mine: CampaignDefinition | null;
  onTakeTheirs: () => void;
  onKeepMine: () => void;
};

export function ChangedElsewhere({ campaign, mine, onTakeTheirs, onKeepMine }: ChangedElsewhereProps) {
  const { definedAs, definition } = campaign;
  const differences = mine === null ? [] : definitionDifferences(definition, mine);
  return (
    <Panel
      title={text('campaigns:define.changed.title', { name: visibleText(definedAs.byName) })}
      note={text('campaigns:define.changed.meaning')}
    >
      <p>
        <InstantText instant={definedAs.at} />
      </p>
      {mine === null && <p>{text('campaigns:define.changed.incomplete')}</p>}
      {mine !== null && differences.length === 0 && <p>{text('campaigns:define.changed.same')}</p>}
      {differences.length > 0 && <Differences differences={differences} />}
      <div className={styles.buttons}>
        <Button onClick={onTakeTheirs}>{text('campaigns:define.changed.takeTheirs')}</Button>
        <Button onClick={onKeepMine}>{text('campaigns:define.changed.keepMine')}</Button>
      </div>
    </Panel>
  );
}

function Differences({ differences }: { differences: PartDifference[] }) {
  return (
    <div className={styles.around}>
      <table className={styles.differences}>
        <thead>
          <tr>
            <th scope="col">{text('campaigns:define.changed.what')}</th>
            <th scope="col">{text('campaigns:define.changed.theirs')}</th>
            <th scope="col">{text('campaigns:define.changed.mine')}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ part, theirs, mine }) => (
            <tr key={part}>
              <th scope="row">{text(`campaigns:define.changed.part.${part}`)}</th>
              <Lines lines={theirs} />
              <Lines lines={mine} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Lines({ lines }: { lines: string[] }) {
  if (lines.length === 0)
    return <td className={styles.nothing}>{text('campaigns:define.changed.nothing')}</td>;
  return (
    <td>
      {lines.map((line) => (
        <p key={line}>
          <bdi>{visibleText(line)}</bdi>
        </p>
      ))}
    </td>
  );
}
