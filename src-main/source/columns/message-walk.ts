// Tells the messages of PostgreSQL's protocol apart in a stream of bytes that may be cut anywhere.

/** What happens to the messages. */
export interface MessageReceivers {
  /** A piece of one message with rows: COPY data, or a row. `view` looks at the same bytes. */
  rows(bytes: Buffer, view: DataView, start: number, end: number): void;
  /** Reads on in that piece; true when it must stop before its end. */
  readOn(): boolean;
  /** A piece of any other message, its head included. */
  others(bytes: Buffer): void;
  /** Everything from the message on that says the statement is over. Called once, and last. */
  ready(bytes: Buffer): void;
}

const kinds = { copyData: 0x64, dataRow: 0x44, readyForQuery: 0x5a };
/** A message begins with its kind (a byte) and its length without the kind (int32). */
const headBytes = 5;

export class MessageWalk {
  readonly #receivers: MessageReceivers;
  #chunk: Buffer = Buffer.alloc(0);
  #view: DataView = new DataView(new ArrayBuffer(0));
  #position = 0;
  /** Bytes of the current message still to come. */
  #remaining = 0;
  #isRows = false;
  #isReading = false;

  constructor(receivers: MessageReceivers) {
    this.#receivers = receivers;
  }

  /** Only after {@link advance} answered false. The bytes stay untouched until it does so again. */
  receive(chunk: Buffer): void {
    const rest = this.#chunk.subarray(this.#position);
    this.#chunk = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    this.#view = new DataView(this.#chunk.buffer, this.#chunk.byteOffset, this.#chunk.byteLength);
    this.#position = 0;
  }

  /** True when the rows could not be read to their end: call again later. False when the chunk is used up. */
  advance(): boolean {
    for (;;) {
      if (this.#isReading && this.#receivers.readOn()) return true;
      this.#isReading = false;
      if (this.#remaining > 0 && this.#position < this.#chunk.length) this.#passPiece();
      else if (this.#remaining > 0 || !this.#readHead()) return false;
    }
  }

  #passPiece(): void {
    const start = this.#position;
    const end = Math.min(start + this.#remaining, this.#chunk.length);
    this.#position = end;
    this.#remaining -= end - start;
    if (this.#isRows) this.#receivers.rows(this.#chunk, this.#view, start, end);
    else this.#receivers.others(this.#chunk.subarray(start, end));
    this.#isReading = this.#isRows;
  }

  /** False when the head has not arrived in full, or nothing is left to read. */
  #readHead(): boolean {
    const start = this.#position;
    if (start + headBytes > this.#chunk.length) return false;
    const kind = this.#chunk[start]!;
    this.#position = start + headBytes;
    this.#remaining = this.#view.getUint32(start + 1) - 4;
    this.#isRows = kind === kinds.copyData || kind === kinds.dataRow;
    if (kind === kinds.readyForQuery) {
      this.#position = this.#chunk.length;
      this.#remaining = 0;
      this.#receivers.ready(this.#chunk.subarray(start));
      return false;
    }
    if (!this.#isRows) this.#receivers.others(this.#chunk.subarray(start, start + headBytes));
    return true;
  }
}
