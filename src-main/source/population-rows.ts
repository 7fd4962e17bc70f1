// Takes the rows of a population apart as they arrive: the text format of COPY, cut anywhere, a line a row.
import type { TriState } from '#shared/model/campaign.ts';
import { Problem } from '#shared/model/problem.ts';
import type { RowSink } from './columns/row-stream.ts';
import { populationFields } from './population-query.ts';

export type PopulationRow = {
  readonly key: string;
  readonly subject: string;
  readonly entitlement: string;
  readonly resource: string | null;
  readonly subjectName: string | null;
  readonly subjectType: string | null;
  readonly manager: string | null;
  readonly owner: string | null;
  readonly privileged: TriState;
  /** Whether the account is said to be in use. */
  readonly active: TriState;
  /** As the source writes them. */
  readonly grantedAt: string | null;
  readonly lastUsedAt: string | null;
  readonly usesInPeriod: number | null;
  readonly rows: number;
  /** How many subjects of the same type there are, and how many of them hold the same entitlement somewhere. */
  readonly peers: number;
  readonly holders: number;
};

/** Where rows go, in the order of their keys; nothing more is read while `flush` is awaited. */
export type PopulationReceiver = {
  readonly take: (row: PopulationRow) => void;
  /** True when it wants to put away what it took before it takes more. */
  readonly isFull: () => boolean;
  readonly flush: () => Promise<void>;
};

const lineFeed = 0x0a;

export class PopulationSink implements RowSink {
  readonly #receiver: PopulationReceiver;
  #begun: Buffer[] = [];
  #piece: Buffer = Buffer.alloc(0);
  #position = 0;
  /** Rows that arrived in full. */
  lines = 0;
  /** Rows of the source they stand for. */
  rows = 0;

  constructor(receiver: PopulationReceiver) {
    this.#receiver = receiver;
  }

  feed(bytes: Buffer, _view: DataView, start: number, end: number): void {
    this.#piece = bytes.subarray(start, end);
    this.#position = 0;
  }

  fill(): boolean {
    while (this.#position < this.#piece.length) {
      const end = this.#piece.indexOf(lineFeed, this.#position);
      if (end === -1) {
        // Copied: the piece belongs to whoever fed it.
        this.#begun.push(Buffer.from(this.#piece.subarray(this.#position)));
        this.#position = this.#piece.length;
        return false;
      }
      const rest = this.#piece.subarray(this.#position, end);
      const line = this.#begun.length === 0 ? rest : Buffer.concat([...this.#begun, rest]);
      this.#begun = [];
      this.#position = end + 1;
      const row = readRow(line.toString('utf8'));
      this.lines += 1;
      this.rows += row.rows;
      this.#receiver.take(row);
      if (this.#receiver.isFull()) return true;
    }
    return false;
  }

  drain(): Promise<void> {
    return this.#receiver.flush();
  }

  /** @throws Problem where the last row did not arrive in full */
  assertComplete(): void {
    if (this.#begun.length > 0) throw notAsExpected();
  }
}

const triStates: Readonly<Record<string, TriState>> = { y: 'yes', n: 'no' };

/** One line of COPY's text format. @throws Problem `source-changed` */
export function readRow(line: string): PopulationRow {
  const cells = line.split('\t');
  if (cells.length !== populationFields.length) throw notAsExpected();
  const isPlain = !line.includes('\\');
  const text = (index: number): string | null => {
    const cell = cells[index]!;
    if (isPlain) return cell;
    return cell === '\\N' ? null : cell.includes('\\') ? unescape(cell) : cell;
  };
  const number = (index: number): number | null => {
    const found = text(index);
    return found === null ? null : Number(found);
  };
  return {
    key: cells[0]!,
    subject: text(1) ?? '',
    entitlement: text(2) ?? '',
    resource: text(3),
    subjectName: text(4),
    subjectType: text(5),
    manager: text(6),
    owner: text(7),
    privileged: triStates[cells[8]!] ?? 'unknown',
    active: triStates[cells[9]!] ?? 'unknown',
    grantedAt: text(10),
    lastUsedAt: text(11),
    usesInPeriod: number(12),
    rows: number(13) ?? 0,
    holders: number(14) ?? 0,
    peers: number(15) ?? 0,
  };
}

/** The letters COPY writes after a backslash, and what they stand for; any other character stands for itself. */
const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

const unescape = (cell: string): string =>
  cell.replaceAll(/\\(.)/gsu, (_, letter: string) => escapes[letter] ?? letter);

function notAsExpected(): Problem {
  return new Problem(
    'source-changed',
    'The database answered rows in a form this program did not ask for. The population was not frozen.',
    {
      next: 'Try again; if it happens again, a pooler between here and the database may mix up its answers.',
    },
  );
}
