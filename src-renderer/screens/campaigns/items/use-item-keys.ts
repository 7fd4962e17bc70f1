// The keys of the items of a campaign: those of the review queue, and one for the evidence.
import type { RefObject } from 'react';
import { evidenceParts } from '#shared/model/campaign-evidence.ts';
import { decisionKinds } from '#shared/model/review.ts';
import type { DecisionKind } from '#shared/model/review.ts';
import { useShortcuts } from '../../../components/keyboard.tsx';
import { movedSelection } from '../../../components/selection-move.ts';
import { decisionWords } from '../../../domain/decision-words.ts';
import { useCampaignItemsView } from '../../../state/campaign-items-view.ts';
import { text } from '../../../texts/text.ts';

type ItemKeys = {
  order: () => readonly string[];
  filterInput: RefObject<HTMLInputElement | null>;
  decide: (decision: DecisionKind) => void;
  again: (() => void) | null;
  toggle: (key: string) => void;
  toggleAlike: () => void;
  open: () => void;
  back: () => void;
};

export function useItemKeys({
  order,
  filterInput,
  decide,
  again,
  toggle,
  toggleAlike,
  open,
  back,
}: ItemKeys): void {
  // Asked when the key is pressed: a quick hand is ahead of what was drawn last.
  const view = () => useCampaignItemsView.getState();
  const move = (steps: number) => {
    const moved = movedSelection(order(), view().selected, steps);
    if (moved !== null) view().select(moved);
  };
  const toggleParts = () => {
    const { openParts, setOpenParts } = view();
    setOpenParts(new Set(openParts.size === evidenceParts.length ? [] : evidenceParts));
  };
  const group = text('campaignItems:keys.group');
  const next = text('campaignItems:keys.next');
  const before = text('campaignItems:keys.before');
  useShortcuts([
    { keys: 'j', label: next, group, repeats: true, run: () => move(1) },
    { keys: 'k', label: before, group, repeats: true, run: () => move(-1) },
    { keys: 'ArrowDown', label: next, group, repeats: true, run: () => move(1) },
    { keys: 'ArrowUp', label: before, group, repeats: true, run: () => move(-1) },
    { keys: 'Enter', label: text('campaignItems:keys.open'), group, run: open },
    { keys: 'Escape', label: text('campaignItems:keys.back'), group, run: back },
    ...decisionKinds.map((decision) => ({
      keys: decisionWords[decision].key,
      label: decisionWords[decision].label,
      group,
      run: () => decide(decision),
    })),
    { keys: 'u', label: text('campaignItems:keys.again'), group, run: () => again?.() },
    { keys: 'o', label: text('campaignItems:keys.evidence'), group, run: toggleParts },
    {
      keys: 'x',
      label: text('campaignItems:keys.check'),
      group,
      run: () => {
        const { selected } = view();
        if (selected !== null) toggle(selected);
      },
    },
    { keys: 'X', label: text('campaignItems:keys.checkAlike'), group, run: toggleAlike },
    { keys: '/', label: text('campaignItems:keys.filter'), group, run: () => filterInput.current?.focus() },
  ]);
}
