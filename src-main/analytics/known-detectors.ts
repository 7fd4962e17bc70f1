// Which detectors and rules settings can speak about, whether or not they run.
import { Problem } from '#shared/model/problem.ts';
import { defaultDetection, presetNames } from '#shared/model/detection.ts';
import { buildDetectors, type DetectorRequest } from './build-detectors.ts';
import { presetRules } from './rules/preset-detectors.ts';

/**
 * Refuses ids that name nothing: a setting about them would be without effect, and nobody would notice.
 * @throws Problem `invalid-input`
 */
export function assertKnownDetectors(request: DetectorRequest, ids: readonly string[]): void {
  const chosen = { ...request.settings, disabled: [] };
  // Apart, because a rule of somebody's own may share its name with one that comes with the program and is not chosen.
  const shipped = { ...defaultDetection, presets: [...presetNames] };
  const built = [chosen, shipped].flatMap(
    (settings) => buildDetectors({ ...request, settings, locations: null }).detectors,
  );
  const known = new Set([...built, ...presetRules].map(({ id }) => id));
  const unknown = ids.find((id) => !known.has(id));
  if (unknown === undefined) return;
  throw new Problem(
    'invalid-input',
    `There is no detector or rule “${unknown.slice(0, 80)}”. Nothing was changed.`,
    {
      next: `There are ${[...known].join(', ')}.`,
    },
  );
}
