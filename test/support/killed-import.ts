// A program that imports a file of decisions, and kills itself at a named moment: once so many are written, or once they are recorded.
import { readFileSync } from 'node:fs';
import { importFile } from '../../src-main/api/campaign-assignments.ts';
import { nodeWorkstationOptions } from '../../src-main/shell/node-workstation.ts';
import { openWorkstation } from '../../src-main/workstation.ts';

const [folder = '', path = '', signersFile = '', moment = ''] = process.argv.slice(2);
const die = () => process.kill(process.pid, 'SIGKILL');
const station = await openWorkstation(
  nodeWorkstationOptions({
    workspace: folder,
    environment: { XDG_CONFIG_HOME: folder },
    homeDirectory: folder,
    version: '0.0.0-test',
    osUser: null,
  }),
);
const { entries } = station.ledger.state();

/** Looked for between any two steps; what was read here first is all there is until it is committed. */
function dieOnceRecorded(): void {
  const found: unknown = station.ledger.read((database) =>
    database.prepare('SELECT max(seq) FROM entry').pluck().get(),
  );
  if (typeof found === 'number' && found > entries) die();
  setImmediate(dieOnceRecorded);
}
if (moment === 'recorded') dieOnceRecorded();

await importFile(
  station,
  { path, name: 'from-rita.zip', trust: { signers: readFileSync(signersFile, 'utf8') } },
  {
    signal: new AbortController().signal,
    progress: (step, done) => {
      if (step === 'Recording the decisions' && done >= Number(moment)) die();
    },
  },
);
