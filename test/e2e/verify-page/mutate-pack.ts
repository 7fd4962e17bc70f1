// Packs changed in every way a stranger might meet: by accident, by a packing program, and by an insider who seals them again.
import { writeZip } from '../../../src-main/evidence/zip.ts';
import { filesOf, reseal, type MutableFiles } from '../../unit/evidence/forge.ts';
import { writeForeignZip } from '../../unit/evidence/foreign-writer.ts';
import { alice } from '../../unit/evidence/sample-input.ts';

export type Mutant =
  | { readonly what: string; readonly zip: Uint8Array }
  | { readonly what: string; readonly files: MutableFiles };

/** The same numbers on every run, below the limit that is asked for. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
type Below = ReturnType<typeof randomNumbers>;

const pick = <Value>(below: Below, values: readonly Value[]): Value => values[below(values.length)]!;

function flipped(bytes: Uint8Array, below: Below): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[below(copy.length)]! ^= 1 + below(255);
  return copy;
}

/** Swaps one letter or digit for another, so that the file keeps its form most of the time. */
function retouched(bytes: Uint8Array, below: Below): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const start = below(copy.length);
  const isWord = (byte: number) => /[0-9a-z]/.test(String.fromCharCode(byte));
  const at = copy.findIndex((byte, index) => index >= start && isWord(byte));
  if (at >= 0) copy[at] = pick(below, '0123456789aefrt'.split('')).charCodeAt(0);
  return copy;
}

function spoiled(zip: Uint8Array, below: Below): Mutant {
  const at = below(zip.length);
  return pick<() => Mutant>(below, [
    () => ({ what: 'a changed byte', zip: flipped(zip, below) }),
    () => ({ what: 'a changed byte', zip: flipped(zip, below) }),
    () => ({ what: 'an early end', zip: zip.slice(0, at) }),
    () => ({
      what: 'an added byte',
      zip: Buffer.concat([zip.subarray(0, at), Buffer.of(0), zip.subarray(at)]),
    }),
  ])();
}

function edited(zip: Uint8Array, below: Below): Mutant {
  const files = filesOf(zip);
  const name = pick(below, [...files.keys()]);
  files.set(name, retouched(files.get(name) ?? new Uint8Array(), below));
  return { what: `${name} edited`, files };
}

/** Whatever the insider changes, the checks of the data alone can notice. */
function resealed(zip: Uint8Array, below: Below): Mutant {
  const files = filesOf(zip);
  const name = pick(
    below,
    [...files.keys()].filter((one) => one.startsWith('data/') && !/\.pdf$|statement/.test(one)),
  );
  files.set(name, retouched(files.get(name) ?? new Uint8Array(), below));
  reseal(files, alice);
  return { what: `${name} edited and sealed again`, zip: writeZip(files) };
}

const addedNames = [
  'data/added & <b>bold</b>'.replaceAll(/[<>]/g, '_'),
  'data/../outside.txt',
  'data/zu\u0308rich.txt',
  'data/\u202Etxt.exe',
  'C:\\x',
  'signatures/preparer-00000000.sig',
  'timestamps/x.tsr',
  'data/report.html ',
  'DATA/report.html',
];

function repacked(zip: Uint8Array, below: Below): Mutant {
  const files = filesOf(zip);
  const kind = below(4);
  if (kind === 1) files.delete(pick(below, [...files.keys()]));
  if (kind === 2) files.set(pick(below, addedNames), Buffer.from('added'));
  const entries = [...files].map(([name, content]) => ({
    name: kind === 3 ? `pack/${name}` : name,
    content,
    deflate: below(2) === 0,
    descriptor: pick(below, ['none', 'plain', 'signed'] as const),
  }));
  const foreign = writeForeignZip(entries);
  return { what: `packed again, ${kind}`, zip: below(3) === 0 ? flipped(foreign, below) : foreign };
}

/** The untouched pack first, then `count` mutants of it. */
export function mutantsOf(zip: Uint8Array, count: number): Mutant[] {
  const below = randomNumbers(20_261_121);
  const isPack = filesOf(zip).has('data/decisions.jsonl');
  const kinds = isPack
    ? [spoiled, spoiled, edited, resealed, resealed, repacked]
    : [spoiled, edited, repacked];
  return [
    { what: 'untouched', zip },
    { what: 'untouched, as a folder', files: filesOf(zip) },
    ...Array.from({ length: count }, (_, at) => kinds[at % kinds.length]!(zip, below)),
  ];
}
