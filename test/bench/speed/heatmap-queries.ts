// stub
import type { Figure } from './figures.ts';
export async function measureHeatmap(_cachePath: string): Promise<{ figures: Figure[]; notes: string[] }> {
  return { figures: [], notes: [] };
}
