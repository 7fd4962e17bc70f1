// The figures of packs of several sizes as text.

export type Run = { readonly ms: number; readonly baselineBytes: number; readonly peakBytes: number };

export type EvidenceFigures = {
  readonly decisions: number;
  readonly findings: number;
  /** Of the zip. */
  readonly bytes: number;
  readonly exported: Run;
  readonly verified: Run;
  /** sha256sum and zip -0 of the same files; null where one of them is missing. */
  readonly plainMs: number | null;
};

const whole = (value: number): string => Math.round(value).toLocaleString('en-GB');
const mebibytes = (bytes: number): string => `${whole(bytes / 2 ** 20)} MiB`;

function lineOf(name: string, run: Run, { decisions, findings, bytes, plainMs }: EvidenceFigures): string {
  const seconds = run.ms / 1000;
  const rates = `${whole((decisions + findings) / seconds)} items/s, ${(bytes / 1e6 / seconds).toFixed(1)} MB/s`;
  const memory = `${mebibytes(run.peakBytes - run.baselineBytes)} over ${mebibytes(run.baselineBytes)}`;
  const ratio =
    plainMs === null ? 'no zip or sha256sum here' : `${(run.ms / plainMs).toFixed(1)} times plain`;
  return `  ${name.padEnd(7)} ${seconds.toFixed(1).padStart(6)} s   ${rates.padEnd(34)} ${memory.padEnd(26)} ${ratio}`;
}

export function printEvidence(figures: readonly EvidenceFigures[]): string {
  return [
    ...figures.flatMap((one) => [
      `${whole(one.decisions)} decisions, ${whole(one.findings)} findings: ${(one.bytes / 1e6).toFixed(0)} MB${one.plainMs === null ? '' : `, plain ${(one.plainMs / 1000).toFixed(1)} s`}`,
      lineOf('export', one.exported, one),
      lineOf('verify', one.verified, one),
    ]),
    '',
    'Export ends when the pack is verified and on disk. Memory is the highest resident memory over that before the work, with the',
    'workspace open. Plain is sha256sum of all files and zip -0 of them, one after the other, from the page cache.',
  ].join('\n');
}
