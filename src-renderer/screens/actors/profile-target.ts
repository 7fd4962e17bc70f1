// Where a profile leads to.
export type ProfileTarget = 'events' | 'heatmap' | 'findings' | 'queue';
