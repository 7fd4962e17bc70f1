// Detection settings with dry run, exceptions, precision, and past days judged again.
import type { DayReplay, DetectionChange, DryRun, WhyNotAnswer } from '#shared/contract/detection.ts';
import type { DetectionSettings } from '#shared/model/detection.ts';
import { Problem } from '#shared/model/problem.ts';
import { microsecondsPerDay, microsecondsPerHour, parseInstant } from '#shared/time/instant.ts';
import { buildDetectors, type DetectorRequest } from '../analytics/build-detectors.ts';
import { describeDetectors } from '../analytics/describe-detectors.ts';
import { runOrder } from '../analytics/engine.ts';
import type { Asked } from '../analytics/detectors/nb/why-not.ts';
import { assertKnownDetectors } from '../analytics/known-detectors.ts';
import type { JudgeRequest } from '../analytics/replay.ts';
import { requireReviewer } from '../review/decide.ts';
import { detectionBasis, recordDetectionChange, wellFormedSettings } from '../review/detection.ts';
import { endException, grantException, listExceptions, previewException } from '../review/exceptions.ts';
import { measureFeedback } from '../review/feedback.ts';
import type { Workstation } from '../workstation.ts';
import { workspaceDetectors } from './detector-request.ts';
import type { JobContext } from './jobs.ts';
import { procedures } from './procedures.ts';

export function detectionProcedures(workstation: Workstation) {
  const { detection } = procedures;
  const { ledger, jobs } = workstation;
  const nowMicroseconds = () => workstation.clock.nowMs() * 1000;
  return {
    get: detection.get.handler(() => {
      const request = workspaceDetectors(workstation);
      const gaps = [...buildDetectors(request).gaps];
      return { settings: request.settings, detectors: describeDetectors(request, []), gaps };
    }),
    preview: detection.preview.handler(async ({ input }) => {
      usable(workstation, input.settings);
      return { jobId: await jobs.replace('dry-run', dryRunWork(workstation, input.settings)) };
    }),
    change: detection.change.handler(async ({ input }) => {
      usable(workstation, input.settings);
      requireReviewer(ledger.state());
      return { jobId: await jobs.replace('detection', changeWork(workstation, input)) };
    }),
    exceptions: detection.exceptions.handler(() => listExceptions(workstation.cache, ledger.state())),
    previewException: detection.previewException.handler(({ input }) =>
      previewException(workstation.cache, ledger.state(), input),
    ),
    grantException: detection.grantException.handler(({ input: { as: _as, ...request } }) => {
      assertKnownDetectors(workspaceDetectors(workstation), [request.detector]);
      return grantException(ledger, workstation.cache, request, nowMicroseconds());
    }),
    endException: detection.endException.handler(({ input }) =>
      endException(ledger, workstation.cache, input),
    ),
    precision: detection.precision.handler(() => measureFeedback(ledger.state(), nowMicroseconds())),
    replay: detection.replay.handler(async ({ input }) => {
      if (input.settings) usable(workstation, input.settings);
      return { jobId: await jobs.replace('replay', replayWork(workstation, input)) };
    }),
    whyNot: detection.whyNot.handler(({ input, signal }) => {
      const { sourceAccount, actor } = input;
      const hour = Math.floor(parseInstant(input.hour) / microsecondsPerHour);
      return explainHour(workstation, { sourceAccount, actor, hour }, signal ?? never);
    }),
  };
}

const never = new AbortController().signal;

/** Runs other settings over the recent past in the engine worker; records nothing. */
export function dryRunWork(workstation: Workstation, settings: DetectionSettings) {
  return ({ signal, progress }: JobContext): Promise<DryRun> => {
    const { confirmed } = detectionBasis(workstation.ledger.state());
    const request = { ...judgeRequest(workstation, usable(workstation, settings)), confirmed };
    const order = { cachePath: workstation.cache.name, request };
    return runOrder(workstation.engineWorkerUrl, { type: 'dry-run', order }, progress, signal);
  };
}

type ChangeRequest = { readonly settings: DetectionSettings; readonly reason: string };

/** Tries a change out, then puts it on record unless a confirmed finding would vanish. */
export function changeWork(workstation: Workstation, { settings, reason }: ChangeRequest) {
  return async (context: JobContext): Promise<DetectionChange> => {
    const { ledger } = workstation;
    requireReviewer(ledger.state());
    const before = detectionBasis(ledger.state());
    const after = wellFormedSettings(settings);
    const dryRun = await dryRunWork(workstation, after)(context);
    return { settings: recordDetectionChange(ledger, { before, after, reason, dryRun }), dryRun };
  };
}

type ReplayRequest = { readonly day: string; readonly settings?: DetectionSettings | undefined };

/** Judges one past UTC day in the engine worker; records nothing. */
export function replayWork(workstation: Workstation, { day, settings }: ReplayRequest) {
  return ({ signal, progress }: JobContext): Promise<DayReplay> => {
    const detection = settings ? usable(workstation, settings) : workspaceDetectors(workstation);
    const number = Math.floor(parseInstant(day) / microsecondsPerDay);
    const request = { ...judgeRequest(workstation, detection), day: number };
    const order = { cachePath: workstation.cache.name, request };
    return runOrder(workstation.engineWorkerUrl, { type: 'replay', order }, progress, signal);
  };
}

/** Why detector nb lists an hour of an actor, or does not. */
export function explainHour(
  workstation: Workstation,
  asked: Asked,
  signal: AbortSignal,
): Promise<WhyNotAnswer> {
  const request = { ...judgeRequest(workstation, workspaceDetectors(workstation)), asked };
  const order = { cachePath: workstation.cache.name, request };
  return runOrder(workstation.engineWorkerUrl, { type: 'why-not', order }, () => undefined, signal);
}

function judgeRequest(workstation: Workstation, detection: DetectorRequest): JudgeRequest {
  const { connection, privilegedActions } = workstation.ledger.state();
  return { detection, privilegedActions, zone: connection?.zone ?? workstation.zone };
}

/**
 * What the engine needs to run settings.
 * @throws Problem `invalid-input` when they name what there is not, or cannot have a value
 */
function usable(workstation: Workstation, settings: DetectionSettings): DetectorRequest {
  const request = workspaceDetectors(workstation, settings);
  const { disabled, parameters } = settings;
  assertKnownDetectors(request, [...disabled, ...Object.keys(parameters)]);
  if (buildDetectors(request).detectors.length > 0) return request;
  throw new Problem(
    'invalid-input',
    'With these settings nothing would be looked for. Nothing was changed.',
    {
      next: 'Leave at least one detector on.',
    },
  );
}
