// The end of the report: the methods, what this evidence cannot show, and the hashes it hangs together by.
import type { Digests } from '../../manifest.ts';
import type { Detector } from '../../pack-input.ts';
import { code, given, paragraph, tableOrNone, type Block } from '../document-model.ts';
import { dataDigests } from '../report-input.ts';
import { clipped } from '../visible-text.ts';

export function methodBlocks(detectors: readonly Detector[]): Block[] {
  return [
    paragraph('Each detector is deterministic: the same events give the same findings.'),
    tableOrNone(
      'Detectors',
      [
        { title: 'Detector', weight: 14 },
        { title: 'Version', weight: 12 },
        { title: 'Parameters', weight: 34 },
        { title: 'What it does', weight: 40 },
      ],
      detectors.map(({ id, version, parameters, description }) => [
        [given(clipped(id))],
        [given(clipped(version))],
        [
          given(
            clipped(
              Object.entries(parameters)
                .toSorted(([left], [right]) => (left < right ? -1 : 1))
                .map(([name, value]) => `${name} = ${String(value)}`)
                .join(', '),
            ),
          ),
        ],
        [given(clipped(description))],
      ]),
    ),
  ];
}

export const limitBlocks = (limits: readonly string[]): Block[] => [
  { kind: 'list', items: limits.map((limit) => [given(clipped(limit))]) },
];

export function hashBlocks(digests: Digests): Block[] {
  return [
    paragraph(
      'This report was made from the files below, and from nothing else. It is itself listed in manifest-sha256.txt, which is signed.',
    ),
    tableOrNone(
      'SHA-256 of the data',
      [
        { title: 'File', weight: 34 },
        { title: 'SHA-256', weight: 66 },
      ],
      dataDigests(digests).map(([name, digest]) => [[given(clipped(name))], [code(digest)]]),
    ),
  ];
}
