// Which actor is in view, how the list of actors is searched, and how far back counts as new.
import { create } from 'zustand';

export type ActorInView = { readonly actor: string; readonly sourceAccount: string };

export const firstSeenChoices = [7, 30, 90] as const;
export type FirstSeenDays = (typeof firstSeenChoices)[number];

type ActorsView = {
  search: string;
  chosen: ActorInView | null;
  firstSeenDays: FirstSeenDays;
  setSearch: (search: string) => void;
  open: (chosen: ActorInView | null) => void;
  setFirstSeenDays: (days: FirstSeenDays) => void;
};

export const useActorsView = create<ActorsView>()((set) => ({
  search: '',
  chosen: null,
  firstSeenDays: 30,
  setSearch: (search) => set({ search }),
  open: (chosen) => set({ chosen }),
  setFirstSeenDays: (firstSeenDays) => set({ firstSeenDays }),
}));
