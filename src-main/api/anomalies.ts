// The source's own anomalies, dispositions of them, and the publishing of our findings.
import { getAnomaly, readAnomalyList } from '../review/anomalies.ts';
import { concurWithAnomaly } from '../review/concur-anomaly.ts';
import { disposeAnomaly } from '../review/dispose-anomaly.ts';
import { publicationOfFinding, readPublication, setPublication } from '../review/publication.ts';
import type { Workstation } from '../workstation.ts';
import { procedures } from './procedures.ts';

export function anomalyProcedures(workstation: Workstation) {
  const { anomalies } = procedures;
  const { ledger } = workstation;
  return {
    list: anomalies.list.handler(({ input }) => readAnomalyList(workstation.cache, ledger.state(), input)),
    get: anomalies.get.handler(({ input }) => getAnomaly(workstation.cache, ledger.state(), input.id)),
    dispose: anomalies.dispose.handler(({ input }) => disposeAnomaly(workstation.cache, ledger, input)),
    concur: anomalies.concur.handler(({ input }) =>
      concurWithAnomaly(workstation.cache, ledger, { ...input, osUser: workstation.osUser }),
    ),
    publication: anomalies.publication.handler(() => readPublication(workstation.cache, ledger.state())),
    publicationOf: anomalies.publicationOf.handler(({ input }) =>
      publicationOfFinding(workstation.cache, ledger.state(), input.finding),
    ),
    setPublication: anomalies.setPublication.handler(({ input }) => {
      setPublication(ledger, input);
      return readPublication(workstation.cache, ledger.state());
    }),
  };
}
