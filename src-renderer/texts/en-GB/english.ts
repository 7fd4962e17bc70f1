// The English texts, one file for each part of the window.
import appearance from './appearance.json';
import common from './common.json';
import heatmap from './heatmap.json';

export const english = { appearance, common, heatmap };

/** The keys every language has. */
export type Texts = typeof english;
