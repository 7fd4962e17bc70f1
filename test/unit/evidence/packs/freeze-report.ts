// Writes the pack that holds the report in its present form. To be run only before that form was released:
//   node test/unit/evidence/packs/freeze-report.ts
// After a release the drawing of a form may not change; raise currentEdition, and freeze a pack of the new form beside this one.
import { writeFileSync } from 'node:fs';
import { buildPack } from '../../../../src-main/evidence/pack.ts';
import { alice, sampleInput } from '../sample-input.ts';

const { bytes } = await buildPack(sampleInput(), alice);
writeFileSync(new URL('third-report.zip', import.meta.url), bytes);
