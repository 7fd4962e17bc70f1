// Acts carry the reviewer the window shows; questions, and calls before there is one, do not.
import { afterEach, describe, expect, test } from 'vitest';
import { carryingReviewer, isAct } from '../../../../src-renderer/domain/carry-reviewer.ts';
import { actAs, noteReviewer, useActingReviewer } from '../../../../src-renderer/state/acting-reviewer.ts';

const rita = { id: 'r', name: 'Rita' };
const otto = { id: 'o', name: 'Otto' };
const shown = () => useActingReviewer.getState().shown;

afterEach(() => useActingReviewer.setState({ shown: null }));

test.each([
  'reviews.decide',
  'reviews.undo',
  'reviews.concur',
  'findings.dispose',
  'findings.concur',
  'anomalies.dispose',
  'anomalies.concur',
  'anomalies.setPublication',
  'conflicts.close',
  'detection.change',
  'detection.grantException',
  'detection.endException',
  'independence.addAliases',
  'independence.changeFourEyes',
  'sync.start',
  'sync.acknowledgeClock',
  'source.connect',
  'workspace.exploreSample',
  'ledger.checkpoint',
  'ledger.backup',
  'exported.table',
  'exported.ocsf',
  'exported.oscal',
  'exported.heatmap',
  'trust.pinRoot',
  'trust.update',
  'trust.pinFirstUse',
  'trust.removeFirstUse',
  'trust.setTimestamps',
  'trust.timestamp',
  'keys.endorse',
  'evidence.export',
  'evidence.signOff',
  'evidence.startSignOff',
  'privacy.startRedaction',
  'privacy.reveal',
  'trust.startTimestamp',
  'keys.rotate',
])('%s is an act', (name) => {
  expect(isAct(name.split('.'))).toBe(true);
});

test.each(['reviews.list', 'workspace.status', 'workspace.setReviewer', 'source.inspect', 'no.such'])(
  '%s is none',
  (name) => {
    expect(isAct(name.split('.'))).toBe(false);
  },
);

test('what leaves the window', async () => {
  const sent: unknown[] = [];
  const link = carryingReviewer(
    {
      call: (_path, input) => {
        sent.push(input);
        return Promise.resolve();
      },
    },
    () => shown()?.id ?? null,
  );
  const options = { context: {} };
  await link.call(['reviews', 'undo'], { id: '1' }, options);
  actAs(rita);
  await link.call(['reviews', 'undo'], { id: '1' }, options);
  await link.call(['reviews', 'get'], { id: '1' }, options);
  expect(sent).toEqual([{ id: '1' }, { id: '1', as: 'r' }, { id: '1' }]);
});

describe('the reviewer of the workspace', () => {
  test('is taken over when there was none, and under a new name', () => {
    noteReviewer(null);
    expect(shown()).toBe(null);
    noteReviewer(rita);
    noteReviewer({ ...rita, name: 'Rita R.' });
    expect(shown()).toEqual({ id: 'r', name: 'Rita R.' });
  });

  test('is not taken over when it is another person, until somebody says so', () => {
    noteReviewer(rita);
    noteReviewer(otto);
    expect(shown()).toEqual(rita);
    actAs(otto);
    expect(shown()).toEqual(otto);
  });
});
