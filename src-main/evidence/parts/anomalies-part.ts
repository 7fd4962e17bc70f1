// data/anomalies.jsonl: the anomalies the source's own scorer found, in its words, and what was made of each.
import { serverAnomaly, type ServerAnomaly } from '#shared/model/anomaly.ts';
import { definePart, type PayloadPart } from '../payload-part.ts';

/** By id. Absent where the source has no table of anomalies, or it was not read. */
export const anomaliesPart: PayloadPart<ServerAnomaly> = definePart({
  name: 'data/anomalies.jsonl',
  line: serverAnomaly.strict(),
  isOptional: true,
  from: ({ anomalies }) => anomalies?.() ?? null,
});
