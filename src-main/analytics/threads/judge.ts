// A thread that runs detectors for the engine, one after another, over the mirror as it was when it opened it.
import type { MessagePort } from 'node:worker_threads';
import { Problem } from '#shared/model/problem.ts';
import { mirroredHistory, type MirroredHistory } from '../../store/cache/resident.ts';
import { describeFailure, openDatabase, type DatabaseHandle } from '../../store/database.ts';
import { buildDetectors } from '../build-detectors.ts';
import type { Detector, Scope } from '../detector.ts';
import { judgeBy } from '../judgement.ts';
import { failureOf } from './failure.ts';
import type { JudgeCommand, JudgeMessage, JudgeOrder } from './judge-protocol.ts';
import { packHits } from './packed-hits.ts';

/** Ends when it is told to, or fails. What is no problem of a known kind ends the thread, and reaches the engine as its error. */
export function serveJudge(port: MessagePort): void {
  let court: Court | null = null;
  const close = () => {
    court?.database.close();
    port.close();
  };
  port.on('message', (command: JudgeCommand) => {
    try {
      if (command.type === 'open') court = open(command.order);
      else if (command.type === 'close') close();
      else if (court) say(port, judge(court, command.place));
    } catch (error) {
      const reason = describeFailure('cache', error);
      if (reason instanceof Problem) say(port, failureOf(reason));
      close();
      if (!(reason instanceof Problem)) throw reason;
    }
  });
}

type Court = {
  readonly database: DatabaseHandle;
  readonly history: MirroredHistory;
  readonly detectors: readonly Detector[];
  readonly scope: Scope;
};

/** In one transaction, so that what is read later belongs to what was read first. */
function open({ cachePath, detection, scope }: JudgeOrder): Court {
  const database = openDatabase(cachePath, 'cache', 'read');
  database.exec('BEGIN');
  const { detectors } = buildDetectors(detection);
  return { database, history: mirroredHistory(database, true), detectors, scope };
}

function judge({ history, detectors, scope }: Court, place: number): JudgeMessage {
  const { hits, ...rest } = judgeBy(detectors[place]!, history, scope);
  return { type: 'judged', place, packed: packHits(history, hits), ...rest };
}

function say(port: MessagePort, message: JudgeMessage): void {
  if (message.type === 'failed') port.postMessage(message);
  else {
    const { ends, segments, places } = message.packed;
    port.postMessage(message, [ends.buffer, segments.buffer, places.buffer]);
  }
}
