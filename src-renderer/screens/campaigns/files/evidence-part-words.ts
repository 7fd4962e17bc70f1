// What parts of the evidence are called that somebody opened before deciding; one of another release keeps its own name.
import { evidenceParts } from '#shared/model/campaign-evidence.ts';
import { visibleText } from '../../../components/visible-text.ts';
import { text } from '../../../texts/text.ts';

export function evidencePartWords(part: string): string {
  const known = evidenceParts.find((one) => one === part);
  return known === undefined ? visibleText(part) : text(`campaignItems:evidence.part.${known}`);
}
