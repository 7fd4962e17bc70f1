// Puts changes of the detection settings on record, unless one would lose what somebody confirmed.
import type { DryRun } from '#shared/contract/detection.ts';
import { detectionSettings, type DetectionSettings } from '#shared/model/detection.ts';
import { Problem } from '#shared/model/problem.ts';
import { canonicalJson } from '../evidence/entry-hash.ts';
import { requireReviewer } from './decide.ts';
import { confirmedFindings } from './feedback.ts';
import type { Ledger } from './ledger.ts';
import { nameFindings } from './name-findings.ts';
import type { LedgerState } from './projection.ts';

export type DetectionDraft = {
  readonly after: DetectionSettings;
  readonly reason: string;
  /** The ledger when the dry run began: its settings and what was confirmed by then. */
  readonly before: DetectionBasis;
  readonly dryRun: DryRun;
};

/** What a dry run is compared against. */
export type DetectionBasis = { readonly settings: DetectionSettings; readonly confirmed: readonly string[] };

export function detectionBasis(state: LedgerState): DetectionBasis {
  return { settings: state.detection, confirmed: [...confirmedFindings(state)].toSorted() };
}

/**
 * Records a change with before and after; settings that say the same as before are no change.
 * @throws Problem `refused` when a confirmed finding would vanish, `conflict` when the ledger moved on since the dry run
 */
export function recordDetectionChange(ledger: Ledger, draft: DetectionDraft): DetectionSettings {
  const { after, before, dryRun } = draft;
  ledger.append((state) => {
    const reviewer = requireReviewer(state);
    if (canonicalJson(detectionBasis(state)) !== canonicalJson(before))
      throw new Problem(
        'conflict',
        'The detection settings were changed, or a finding was escalated, while the change was tried out. Nothing was recorded.',
        { next: 'Look at the settings again, then repeat the change.' },
      );
    if (canonicalJson(before.settings) === canonicalJson(after)) return [];
    if (dryRun.confirmed.length > 0)
      throw new Problem(
        'refused',
        `With these settings ${nameFindings(dryRun.confirmed.map(({ id }) => id))}, which somebody escalated, would no longer be found, so nothing was changed.`,
        {
          next: 'Change them less, or dispose of the finding anew if it was escalated by mistake.',
        },
      );
    return [
      {
        type: 'detection-changed',
        subject: 'detection',
        actor: reviewer.id,
        payload: { before: before.settings, after, reason: draft.reason.toWellFormed().trim() },
      },
    ];
  });
  return ledger.state().detection;
}

/** Half a character, as cutting a text can leave it, has no canonical form and could not be hashed. */
export function wellFormedSettings(settings: DetectionSettings): DetectionSettings {
  const text = JSON.stringify(settings, (_, value: unknown) =>
    typeof value === 'string' ? value.toWellFormed() : value,
  );
  return detectionSettings.parse(JSON.parse(text));
}
