// Above the items: whose are listed, how the list is narrowed, and the way back to the item decided last.
import { RotateCw, Undo2, X } from 'lucide-react';
import type { RefObject } from 'react';
import { itemFlags, triState } from '#shared/model/campaign.ts';
import { itemStates } from '#shared/model/campaign-view.ts';
import { Button } from '../../../components/button.tsx';
import toolbar from '../../../components/list-toolbar.module.css';
import { SearchField } from '../../../components/search-field.tsx';
import { Segmented } from '../../../components/segmented.tsx';
import { visibleText } from '../../../components/visible-text.ts';
import { flagWords, itemStateWords, triStateWords } from '../../../domain/campaign-words.ts';
import { useCampaignItemsView } from '../../../state/campaign-items-view.ts';
import { text } from '../../../texts/text.ts';
import styles from './items-toolbar.module.css';
import type { ItemList } from './use-item-list.ts';

type ItemsToolbarProps = {
  list: ItemList;
  filterInput: RefObject<HTMLInputElement | null>;
  /** Null while nothing was decided in this window. */
  onAgain: (() => void) | null;
};

export function ItemsToolbar({ list, filterInput, onAgain }: ItemsToolbarProps) {
  const { choice, choose } = useCampaignItemsView();
  return (
    <div className={toolbar.toolbar}>
      <div className={toolbar.line}>
        <FilterField input={filterInput} />
        <Segmented
          label={text('campaignItems:whose.label')}
          value={choice.isMine ? 'mine' : 'all'}
          choices={(['mine', 'all'] as const).map((value) => ({
            value,
            label: text(`campaignItems:whose.${value}`),
          }))}
          onChange={(value) => choose({ isMine: value === 'mine' })}
        />
        <Button
          size="small"
          icon={Undo2}
          keyHint="u"
          title={text('campaignItems:againMeaning')}
          disabled={onAgain === null}
          onClick={onAgain ?? undefined}
        >
          {text('campaignItems:again')}
        </Button>
      </div>
      <div className={toolbar.line}>
        <Choice
          label={text('campaignItems:filter.state')}
          value={choice.state}
          none={{ value: 'all', label: text('campaignItems:filter.anyState') }}
          options={itemStates.map((value) => ({ value, label: itemStateWords[value].label }))}
          onChange={(state) => choose({ state })}
        />
        <Choice
          label={text('campaignItems:filter.flag')}
          value={choice.flag ?? ''}
          none={{ value: '', label: text('campaignItems:filter.anyFlag') }}
          options={itemFlags.map((value) => ({ value, label: flagWords[value].label }))}
          onChange={(flag) => choose({ flag: flag === '' ? null : flag })}
        />
        <Choice
          label={text('campaignItems:filter.privileged')}
          value={choice.privileged ?? ''}
          none={{ value: '', label: text('campaignItems:filter.anyPrivilege') }}
          options={triState.options.map((value) => ({
            value,
            label: text('campaignItems:filter.privilegedIs', { is: triStateWords[value] }),
          }))}
          onChange={(privileged) => choose({ privileged: privileged === '' ? null : privileged })}
        />
        <Narrowed what="subject" />
        <Narrowed what="entitlement" />
        <Counted list={list} />
      </div>
    </div>
  );
}

function FilterField({ input }: { input: RefObject<HTMLInputElement | null> }) {
  const { choice, choose } = useCampaignItemsView();
  return (
    <SearchField
      input={input}
      label={text('campaignItems:filter.text')}
      width={[150, 420]}
      placeholder={text('campaignItems:filter.hint')}
      maxLength={200}
      value={choice.text}
      isLeftByKey
      onSearch={(words) => choose({ text: words })}
    />
  );
}

type ChoiceProps<Value extends string, None extends string> = {
  label: string;
  value: Value | None;
  none: { value: None; label: string };
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value | None) => void;
};

function Choice<Value extends string, None extends string>(props: ChoiceProps<Value, None>) {
  const { label, value, none, options, onChange } = props;
  const all = [none, ...options];
  return (
    <select
      className={`${toolbar.select} ${styles.choice}`}
      aria-label={label}
      value={value}
      onChange={({ target }) => onChange(all.find((one) => one.value === target.value)?.value ?? none.value)}
    >
      {all.map((one) => (
        <option key={one.value} value={one.value}>
          {one.label}
        </option>
      ))}
    </select>
  );
}

/** Set from an item in full; here it is seen and taken back. */
function Narrowed({ what }: { what: 'subject' | 'entitlement' }) {
  const { choice, choose } = useCampaignItemsView();
  const value = choice[what];
  if (value === null) return null;
  const label = text(`campaignItems:filter.only.${what}`, { value: visibleText(value) });
  return (
    <Button
      size="small"
      icon={X}
      aria-label={text('campaignItems:filter.widen', { what: label })}
      onClick={() => choose({ [what]: null })}
    >
      {label}
    </Button>
  );
}

function Counted({ list: { matching, items, query, isLong } }: { list: ItemList }) {
  if (query.data === undefined) return null;
  const count = matching ?? items.length;
  const isAll = matching !== null || !query.hasNextPage;
  return (
    <span className={styles.counted}>
      <output>{text(isAll ? 'campaignItems:counted' : 'campaignItems:countedSoFar', { count })}</output>
      {isLong && (
        <Button
          size="small"
          weight="quiet"
          icon={RotateCw}
          aria-label={text('campaignItems:readAgain')}
          title={text('campaignItems:readAgain')}
          onClick={() => void query.refetch()}
        />
      )}
    </span>
  );
}
