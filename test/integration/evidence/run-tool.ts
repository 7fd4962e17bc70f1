// Runs the tools a stranger would use, and hands back what they said.
import { spawnSync } from 'node:child_process';

export type ToolRun = { readonly status: number | null; readonly output: string };

export function runTool(
  command: string,
  commandArguments: readonly string[],
  options: { readonly cwd: string; readonly input?: Uint8Array; readonly env?: NodeJS.ProcessEnv },
): ToolRun {
  const { status, stdout, stderr } = spawnSync(command, commandArguments, { ...options, timeout: 60_000 });
  return { status, output: `${stdout?.toString() ?? ''}${stderr?.toString() ?? ''}` };
}
