// data/controls.json: the controls that whoever prepared the pack says it is meant for.
import { controlMapping } from '#shared/model/evidence.ts';
import { definePart, type PayloadPart } from '../payload-part.ts';
import { defaultControls, type Control } from '../report/controls.ts';

export const controlsPart: PayloadPart<readonly Control[]> = definePart({
  name: 'data/controls.json',
  line: controlMapping,
  isSingle: true,
  isOptional: true,
  from: ({ controls }) => [[...(controls ?? defaultControls)]],
});
