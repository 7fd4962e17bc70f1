// The way to the items of a campaign, narrowed to what somebody asked for.
import {
  enterCampaign,
  firstChoice,
  useCampaignItemsView,
  type ItemChoice,
} from '../../state/campaign-items-view.ts';

/** Of everybody and in every state, unless the choice says otherwise. */
export function narrowItems(campaign: string, choice: Partial<ItemChoice>): void {
  enterCampaign(campaign, {});
  useCampaignItemsView.getState().choose({ ...firstChoice, isMine: false, state: 'all', ...choice });
}
