// Filters people gave a name: a setting of this workspace folder.
import { join } from 'node:path';
import { z } from 'zod';
import { Problem } from '#shared/model/problem.ts';
import { savedView, type SavedView } from '#shared/model/triage.ts';
import { readLocalFile, writeLocalFile } from '../store/local-file.ts';

const fileName = 'saved-views.json';
const views = z.array(savedView);
const mostViews = 200;

/** In the order they were saved in. */
export function readSavedViews(directory: string): SavedView[] {
  return readLocalFile(join(directory, fileName), views, []);
}

/** @throws Problem `refused` where there are too many */
export function saveView(directory: string, view: SavedView): SavedView[] {
  const before = readSavedViews(directory);
  const place = before.findIndex((known) => isSame(known, view));
  if (place < 0 && before.length >= mostViews)
    throw new Problem('refused', `This workspace has ${mostViews} saved views already. Nothing was saved.`, {
      next: 'Forget one that is not needed any more.',
    });
  const after = place < 0 ? [...before, view] : before.with(place, view);
  writeLocalFile(join(directory, fileName), after);
  return after;
}

export function forgetView(directory: string, view: Pick<SavedView, 'screen' | 'name'>): SavedView[] {
  const before = readSavedViews(directory);
  const after = before.filter((known) => !isSame(known, view));
  if (after.length < before.length) writeLocalFile(join(directory, fileName), after);
  return after;
}

const isSame = (a: Pick<SavedView, 'screen' | 'name'>, b: Pick<SavedView, 'screen' | 'name'>): boolean =>
  a.screen === b.screen && a.name === b.name;
