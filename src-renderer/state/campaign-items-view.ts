// What somebody does with the items of one campaign right now: how the list is narrowed, what is in view, what is being decided.
import { create } from 'zustand';
import type { ItemFlag, TriState } from '#shared/model/campaign.ts';
import { evidenceParts, type EvidencePart } from '#shared/model/campaign-evidence.ts';
import type { ListedItem } from '#shared/model/campaign-view.ts';
import type { DecisionKind } from '#shared/model/review.ts';

export type ItemChoice = {
  text: string;
  state: ListedItem['state'] | 'all';
  /** Only what the reviewer of this workspace decides now. */
  isMine: boolean;
  flag: ItemFlag['flag'] | null;
  privileged: TriState | null;
  subject: string | null;
  entitlement: string | null;
};

/** What a reviewer looks for first: what waits for them. */
export const firstChoice: ItemChoice = {
  text: '',
  state: 'open',
  isMine: true,
  flag: null,
  privileged: null,
  subject: null,
  entitlement: null,
};

/** Items as they are shown, with the place a decision on each would take. */
export type ItemDraft = {
  decision: DecisionKind;
  items: readonly ListedItem[];
  /** Of a single item; absent where the workstation finds out. */
  place: { stage: number; standing: string | null } | null;
};

type OfOneCampaign = {
  /** The campaign all of this is about. */
  campaign: string | null;
  choice: ItemChoice;
  /** Key of the item in view; it stays there when the list is past it. */
  selected: string | null;
  checked: ReadonlyMap<string, ListedItem>;
  draft: ItemDraft | null;
  /** Keys of items decided in this window, the latest last. */
  decidedHere: readonly string[];
};

type CampaignItemsView = OfOneCampaign & {
  /** Of the evidence; which of them were open is recorded with a decision, so they are closed at first. */
  openParts: ReadonlySet<EvidencePart>;
  choose: (choice: Partial<ItemChoice>) => void;
  select: (key: string | null) => void;
  setChecked: (checked: ReadonlyMap<string, ListedItem>) => void;
  setDraft: (draft: ItemDraft | null) => void;
  setOpenParts: (parts: ReadonlySet<EvidencePart>) => void;
  noteDecided: (keys: readonly string[]) => void;
};

const openPartsKey = 'countersign.campaign-open-parts';

function keptOpenParts(): ReadonlySet<EvidencePart> {
  const kept = new Set((globalThis.localStorage?.getItem(openPartsKey) ?? '').split(' '));
  return new Set(evidenceParts.filter((part) => kept.has(part)));
}

const ofNone: OfOneCampaign = {
  campaign: null,
  choice: firstChoice,
  selected: null,
  checked: new Map(),
  draft: null,
  decidedHere: [],
};

export const useCampaignItemsView = create<CampaignItemsView>()((set) => ({
  ...ofNone,
  openParts: keptOpenParts(),
  // What was in view is not what somebody asks for now; keys must not decide what no list shows.
  choose: (choice) => set((state) => ({ choice: { ...state.choice, ...choice }, selected: null })),
  select: (selected) => set({ selected }),
  setChecked: (checked) => set({ checked }),
  setDraft: (draft) => set({ draft }),
  setOpenParts: (openParts) => {
    globalThis.localStorage?.setItem(openPartsKey, [...openParts].join(' '));
    set({ openParts });
  },
  noteDecided: (keys) =>
    set(({ decidedHere, checked }) => ({
      decidedHere: [...decidedHere.filter((key) => !keys.includes(key)), ...keys],
      checked: new Map([...checked].filter(([key]) => !keys.includes(key))),
    })),
}));

/** Begins anew where another campaign was looked at before. */
export function enterCampaign(campaign: string, choice: Partial<ItemChoice>): void {
  if (useCampaignItemsView.getState().campaign === campaign) return;
  useCampaignItemsView.setState({ ...ofNone, campaign, choice: { ...firstChoice, ...choice } });
}
