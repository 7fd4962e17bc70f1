// What the engine needs to make the detectors of a workspace: its settings, and the files they refer to.
import { readFileSync } from 'node:fs';
import { defaultDetection } from '#shared/model/detection.ts';
import { Problem } from '#shared/model/problem.ts';
import type { DetectorRequest } from '../analytics/build-detectors.ts';
import { confirmedHours } from '../review/feedback.ts';
import type { Workstation } from '../workstation.ts';

/** @throws Problem `file-unreadable` when the location file cannot be read */
export function detectorRequest(
  { shippedRules }: Pick<Workstation, 'shippedRules'>,
  settings = defaultDetection,
): DetectorRequest {
  return { settings, shippedRules, locations: readLocationFile(settings.locationFile) };
}

/** The same for the settings in force, or others, with what people confirmed since. */
export function workspaceDetectors(
  { ledger, shippedRules }: Pick<Workstation, 'ledger' | 'shippedRules'>,
  settings = ledger.state().detection,
): DetectorRequest {
  return { ...detectorRequest({ shippedRules }, settings), confirmed: confirmedHours(ledger.state()) };
}

function readLocationFile(path: string | null): string | null {
  if (path === null) return null;
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Problem('file-unreadable', 'The file that says where addresses are cannot be read.', {
      next: 'Choose another one in the detection settings, or none.',
      cause,
    });
  }
}
