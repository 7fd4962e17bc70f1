// Reads the parameters the windowed doors are started with.
import { parseArgs } from 'node:util';
import { Problem } from '#shared/model/problem.ts';

export type Launch = {
  /** As written; undefined when none was named. */
  workspace: string | undefined;
  /** 0 takes any free port. */
  port: number;
  /** Start exploring the sample at once. */
  sample: boolean;
};

const usage = 'Known are --workspace FOLDER, --port NUMBER and --sample.';

/**
 * @param parameters the command line without program and script
 * @param others whether other switches may stand among them, as Chromium's do in Electron
 * @throws Problem `invalid-input`
 */
export function readLaunch(parameters: readonly string[], others: 'refused' | 'ignored'): Launch {
  const values = parse(parameters, others === 'refused');
  const port = Number(textOf(values.port) ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Problem('invalid-input', 'A port is a whole number from 0 to 65535.', { next: usage });
  return { workspace: textOf(values.workspace), port, sample: values.sample === true };
}

function parse(parameters: readonly string[], strict: boolean): Record<string, unknown> {
  try {
    return parseArgs({
      args: [...parameters],
      strict,
      allowPositionals: !strict,
      options: {
        workspace: { type: 'string' },
        port: { type: 'string' },
        sample: { type: 'boolean' },
      },
    }).values;
  } catch (cause) {
    throw new Problem('invalid-input', 'The workstation was started with parameters it does not know.', {
      next: usage,
      cause,
    });
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
