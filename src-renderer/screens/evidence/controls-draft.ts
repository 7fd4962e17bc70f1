// The controls as lines of text, to be edited: framework | control | what it asks for.
import { controlMapping, type ControlMapping } from '#shared/model/evidence.ts';
import { text } from '../../texts/text.ts';

const separator = ' | ';

export const controlsText = (controls: ControlMapping): string =>
  controls.map(({ framework, control, title }) => [framework, control, title].join(separator)).join('\n');

/** The controls of the lines, or what is wrong with the first line that is none. */
export function readControls(
  written: string,
): { readonly controls: ControlMapping } | { readonly fault: string } {
  const lines = written.split('\n').filter((line) => line.trim() !== '');
  const controls: { framework: string; control: string; title: string }[] = [];
  for (const [number, line] of lines.entries()) {
    const [framework = '', control = '', ...rest] = line.split('|').map((part) => part.trim());
    const title = rest.join(separator);
    if (framework === '' || control === '' || title === '')
      return { fault: text('evidence:controls.fault', { line: number + 1 }) };
    controls.push({ framework, control, title });
  }
  const parsed = controlMapping.safeParse(controls);
  return parsed.success ? { controls: parsed.data } : { fault: text('evidence:controls.faultAll') };
}
