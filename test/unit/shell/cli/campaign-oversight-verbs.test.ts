// What the command line prints of a sample can be handed to a shell as it is.
import { expect, test } from 'vitest';
import { oversightVerbs } from '../../../../src-main/shell/cli/campaign-oversight-verbs.ts';
import type { CommandContext } from '../../../../src-main/shell/cli/command.ts';

test('the recipe of a sample that is only looked at keeps its lines, and steers no terminal', async () => {
  const previewSample = () =>
    Promise.resolve({ derivation: 'As usual.', recipe: "sort keys.txt\nseed='\u001b[31m'\nhead -n 3" });
  const context = {
    values: { preview: true, frequency: 'daily' },
    call: () => Promise.resolve({ campaignOversight: { previewSample } }),
  } as unknown as CommandContext;
  const outcome = await oversightVerbs.verbs['sample']!(context, ['01J0000000000000000000000A']);
  expect(outcome.text).toBe("As usual.\n\nsort keys.txt\nseed='�[31m'\nhead -n 3");
});
