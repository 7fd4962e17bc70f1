// Narrows the remediations: by how far they are, by who takes care of them, by words.
import { remediationStates } from '#shared/model/campaign.ts';
import type { RemediationList } from '#shared/model/campaign-follow-up.ts';
import { SelectField, TextField } from '../../../components/field.tsx';
import { visibleText } from '../../../components/visible-text.ts';
import { formatCount } from '../../../domain/count-words.ts';
import { text } from '../../../texts/text.ts';
import { stateWords } from './follow-up-words.ts';
import styles from './follow-up.module.css';
import type { RemediationFilter } from './use-remediation.ts';

type RemediationFiltersProps = {
  list: RemediationList;
  filter: RemediationFilter;
  onFilter: (part: Partial<RemediationFilter>) => void;
};

const everybody = 'all';
const ownerValue = (owner: string | null) => `owner:${owner ?? ''}`;

export function RemediationFilters({ list, filter, onFilter }: RemediationFiltersProps) {
  const shows: readonly { value: RemediationFilter['show']; words: string }[] = [
    { value: 'all', words: text('campaignFollowUp:tasks.everyState') },
    ...remediationStates.map((state) => ({
      value: state,
      words: counted(stateWords[state].label, list.counts[state] ?? 0),
    })),
    { value: 'overdue', words: counted(text('campaignFollowUp:tasks.onlyOverdue'), list.overdue) },
    { value: 'corrected', words: counted(text('campaignFollowUp:tasks.onlyCorrected'), list.corrected) },
  ];
  return (
    <div className={styles.filters}>
      <SelectField
        label={text('campaignFollowUp:tasks.filter')}
        value={filter.show}
        onChange={({ target }) =>
          onFilter({ show: shows.find(({ value }) => value === target.value)?.value ?? 'all' })
        }
      >
        {shows.map(({ value, words }) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={text('campaignFollowUp:tasks.owner')}
        value={filter.owner === null ? everybody : ownerValue(filter.owner)}
        onChange={({ target }) =>
          onFilter({ owner: target.value === everybody ? null : target.value.slice(ownerValue(null).length) })
        }
      >
        <option value={everybody}>{text('campaignFollowUp:tasks.everybody')}</option>
        {list.owners.map(({ owner, items }) => (
          <option key={ownerValue(owner)} value={ownerValue(owner)}>
            {counted(owner === null ? text('campaignFollowUp:nobody') : visibleText(owner), items)}
          </option>
        ))}
      </SelectField>
      <TextField
        label={text('campaignFollowUp:tasks.find')}
        placeholder={text('campaignFollowUp:tasks.findHint')}
        type="search"
        value={filter.text}
        onChange={(event) => onFilter({ text: event.target.value })}
      />
    </div>
  );
}

const counted = (words: string, count: number): string => `${words} (${formatCount(count)})`;
