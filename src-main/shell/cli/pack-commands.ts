// Commands about packs after their export: sign off, prove one decision, list and delete, and the controls they are meant for.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  controlMapping,
  signOffRoles,
  type ControlMapping,
  type ExportedPack,
  type PackListing,
} from '#shared/model/evidence.ts';
import { Problem } from '#shared/model/problem.ts';
import { signOffWork } from '../../api/sign-off-work.ts';
import { writeFileAtomically } from '../../evidence/atomic-file.ts';
import { formatDecisionProof, proveDecision } from '../../evidence/decision-proof.ts';
import { openPackAt } from '../../evidence/pack-reader.ts';
import { readPackZip } from '../../evidence/pack-zip.ts';
import { defaultControls } from '../../evidence/report/controls.ts';
import { oneOf, required, text, UsageError, type Command, type Outcome } from './command.ts';
import { table } from './print.ts';

const signOff: Command = {
  usage: 'sign-off PACK.zip --role approver|preparer [--note T]',
  description:
    'put your signature and words beside those of a pack, wherever it is from: exit 0 done, 1 refused (the pack is as it was), 2 usage',
  positionals: 1,
  options: {
    role: { type: 'string', value: 'R', description: 'approver, or preparer of the pack' },
    note: { type: 'string', value: 'T', description: 'what you say about it; it is signed, too' },
  },
  run: async ({ positionals, values, workstation, passphrase }) => ({
    json: await signOffWork(await workstation(), {
      file: resolve(positionals[0]!),
      role: oneOf(text(values, 'role'), signOffRoles, '--role'),
      note: text(values, 'note') ?? null,
      passphrase: await passphrase(false),
    }),
  }),
};

const prove: Command = {
  usage: 'prove PACK.zip --decision ID --out FILE',
  description:
    'take one decision out of a pack, with what it takes to verify it alone (verify --decision FILE): exit 0 written, 1 not, 2 usage',
  positionals: 1,
  options: {
    decision: { type: 'string', value: 'ID', description: 'id of the decision, or of the review item' },
    out: { type: 'string', value: 'FILE', description: 'where to write it' },
  },
  run: async ({ positionals, values }) => {
    const id = required(values, 'decision');
    const file = resolve(required(values, 'out'));
    const { pack, close } = await openPackAt(resolve(positionals[0]!));
    try {
      const { files } = 'read' in pack ? await readPackZip(pack) : { files: pack };
      const proof = await proveDecision(files, id);
      const content = Buffer.from(formatDecisionProof(proof));
      await writeFileAtomically(file, content);
      const { id: decision, subject: review, seq } = proof.entry;
      return { json: { file, decision, review, seq, hashes: proof.path.length, bytes: content.length } };
    } finally {
      await close();
    }
  },
};

const standingWords = { deleted: 'deleted', elsewhere: 'written elsewhere, or moved' } as const;

/** Those in the folder, then what the ledger knows besides: the name of each, and no place. */
function shownPacks(here: readonly PackListing[], exported: readonly ExportedPack[]): Outcome {
  const others = exported.flatMap(({ standing, name, sha256, exportedAt }) =>
    standing === 'in-folder' ? [] : [{ name, file: null, bytes: null, sha256, exportedAt, standing }],
  );
  const json = [...here.map((pack) => ({ ...pack, standing: 'in-folder' as const })), ...others];
  if (json.length === 0) return { json, text: 'No pack has been exported from this workspace yet.' };
  const rows = json.map(({ standing, ...pack }) => ({
    ...pack,
    where: standing === 'in-folder' ? 'in the workspace' : standingWords[standing],
  }));
  return { json, text: table(rows, ['name', 'exportedAt', 'where', 'bytes', 'sha256']) };
}

const packs: Command = {
  usage: 'packs [list | delete NAME --reason T]',
  description:
    'the packs of this workspace, those written elsewhere or deleted as the ledger knows them; a deletion stays on record: exit 0 done, 1 refused or not found, 2 usage',
  optionalPositionals: 2,
  options: { reason: { type: 'string', value: 'T', description: 'delete: why, needed' } },
  run: async ({ positionals: [act = 'list', name, ...rest], values, call }) => {
    const { evidence } = await call();
    if (act === 'list' && name === undefined) {
      return shownPacks(await evidence.packs(), await evidence.exportedPacks());
    }
    if (act !== 'delete' || name === undefined || rest.length > 0)
      throw new UsageError('packs takes list, or delete and the name of a pack.');
    return { json: await evidence.deletePack({ name, reason: required(values, 'reason') }) };
  },
};

function readMapping(path: string): ControlMapping {
  try {
    return controlMapping.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new Problem('file-unreadable', 'The file does not hold a list of controls. Nothing was changed.', {
      next: 'Give a JSON list of { "framework", "control", "title" }; “countersign controls --json” prints the one in force.',
      cause,
    });
  }
}

const shownControls = (json: ControlMapping): Outcome => ({
  json,
  text: table(json, ['framework', 'control', 'title']),
});

const controls: Command = {
  usage: 'controls [show | set FILE.json --reason T | reset --reason T]',
  description:
    'the controls that packs of this workspace say they are meant for: exit 0 done, 1 refused (what was set is kept), 2 usage',
  optionalPositionals: 2,
  options: { reason: { type: 'string', value: 'T', description: 'set and reset: why, needed' } },
  run: async ({ positionals: [act = 'show', path], values, call }) => {
    const { evidence } = await call();
    if (act === 'show' && path === undefined) return shownControls(await evidence.controls());
    if ((act === 'set') === (path === undefined) || (act !== 'set' && act !== 'reset'))
      throw new UsageError('controls takes show, set and a file, or reset.');
    const mapping = path === undefined ? [...defaultControls] : readMapping(path);
    const reason = required(values, 'reason');
    return shownControls(await evidence.setControls({ controls: mapping, reason }));
  },
};

export const packCommands: Readonly<Record<string, Command>> = {
  'sign-off': signOff,
  prove,
  packs,
  controls,
};
