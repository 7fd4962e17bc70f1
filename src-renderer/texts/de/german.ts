// The German texts; a key that is missing is a type error.
import type { Texts } from '../en-GB/english.ts';
import appearance from './appearance.json';
import common from './common.json';
import heatmap from './heatmap.json';

export const german: Texts = { appearance, common, heatmap };
