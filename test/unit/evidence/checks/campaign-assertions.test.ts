// What a verified pack says of access reviews is not proven but asserted: named as such, and only where it is so.
import { expect, test } from 'vitest';
import { verifyPack } from '../../../../src-main/evidence/verify.ts';
import { campaignPack, fullCampaign } from '../campaign-scene.ts';
import { generatedAt, signersFile } from '../sample-input.ts';

test('a difference to a population that the pack leaves out is asserted, and dwell times always are', async () => {
  const { ledger, workspace, id } = await fullCampaign();
  const saidOf = async (wish: Parameters<typeof campaignPack>[2]) => {
    const { checks } = await verifyPack(await campaignPack(ledger, workspace, wish), {
      signers: signersFile,
      now: generatedAt,
    });
    return checks.find(({ name }) => name === 'campaigns')?.detail;
  };
  const [both, alone] = [
    await saidOf({ choice: 'all' }),
    await saidOf({ choice: 'chosen', campaigns: [id] }),
  ];
  expect(both).toContain('how long and at what they looked');
  expect(both).not.toContain('how it differs');
  expect(alone).toContain('how it differs from an earlier population that the pack does not hold before it');
});
