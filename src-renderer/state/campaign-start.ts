// Which campaign a new one is to start from, until the form of the new one has taken it up.
import { create } from 'zustand';

type CampaignStart = { from: string | null };

export const useCampaignStart = create<CampaignStart>()(() => ({ from: null }));
