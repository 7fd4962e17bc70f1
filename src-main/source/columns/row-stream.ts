// Reads the rows of one statement straight from the connection: binary, in pieces, never faster than they are taken.
import type { Duplex } from 'node:stream';
import type { Connection, Submittable } from 'pg';
import type { SourceClient } from '../client.ts';
import { cancelledProblem, sourceProblem } from '../problems.ts';
import { MessageWalk } from './message-walk.ts';

/** Where the rows go. */
export interface RowSink {
  /** Takes a piece of the rows' bytes, cut anywhere; they stay untouched until {@link fill} has answered false. */
  feed(bytes: Buffer, view: DataView, start: number, end: number): void;
  /** Reads on in the piece; true when it can read no further before {@link drain} has been awaited. */
  fill(): boolean;
  drain(): Promise<void>;
}

type Listener = (chunk: Buffer) => void;

/** The longest a timer can be set to. */
const longestWaitMs = 2_147_483_647;

/**
 * Runs a statement without parameters whose rows come as COPY data or from a binary cursor.
 * While {@link RowSink.drain} is awaited nothing is read, so that the server waits too.
 * Aborting, or a failure of the sink, breaks the connection: only that stops what the server is busy with.
 * @returns the number of rows the server says it sent, null when it does not say.
 * @throws Problem, or what the sink threw
 */
export async function streamRows(
  client: SourceClient,
  text: string,
  sink: RowSink,
  signal?: AbortSignal,
): Promise<number | null> {
  if (signal?.aborted) throw cancelledProblem(signal.reason);
  const statement = new RowStream(text, sink);
  const breakOff = () => void client.connection.stream.destroy();
  signal?.addEventListener('abort', breakOff, { once: true });
  try {
    client.query(statement);
    return await statement.finished;
  } catch (error) {
    if (statement.sinkFailure) {
      breakOff();
      throw statement.sinkFailure.error;
    }
    throw signal?.aborted ? cancelledProblem(error) : sourceProblem(error);
  } finally {
    signal?.removeEventListener('abort', breakOff);
    await statement.idle;
  }
}

/**
 * The driver would decode every row as text, and would not wait. So this takes the connection over while the answer
 * arrives, keeps the rows, and leaves all other messages to the driver, which thereby knows when the statement is over.
 */
class RowStream implements Submittable {
  readonly #text: string;
  readonly #sink: RowSink;
  readonly #outcome = Promise.withResolvers<number | null>();
  readonly #walk: MessageWalk;
  #stream: Duplex | null = null;
  #driver: Listener = () => undefined;
  #rows: number | null = null;
  #isOver = false;
  /** Settled when nobody works on a batch any more. */
  idle: Promise<void> = Promise.resolve();
  sinkFailure: { error: unknown } | null = null;
  /** In place of the driver's own time limit: the receiver of the rows may take its time. */
  readonly query_timeout = longestWaitMs;
  /** The driver replaces this by a function that ends its time limit. */
  callback: (error: Error | null) => void = () => undefined;

  constructor(text: string, sink: RowSink) {
    this.#text = text;
    this.#sink = sink;
    this.#walk = new MessageWalk({
      rows: (bytes, view, start, end) => {
        if (!this.#isOver) this.#sink.feed(bytes, view, start, end);
      },
      readOn: () => !this.#isOver && this.#sink.fill(),
      others: (bytes) => this.#driver(bytes),
      ready: (bytes) => this.#handBack(bytes),
    });
  }

  get finished(): Promise<number | null> {
    return this.#outcome.promise;
  }

  submit(connection: Connection): Error | null {
    const { stream } = connection;
    const [driver, another] = stream.listeners('data');
    if (!isListener(driver) || another)
      return new Error('The driver does not listen to its connection as expected.');
    this.#stream = stream;
    this.#driver = driver;
    stream.on('data', this.#receive);
    stream.off('data', this.#driver);
    connection.query(this.#text);
    return null;
  }

  handleRowDescription(): void {
    // The sink knows what was asked for.
  }

  handleCommandComplete({ text }: { text: string }): void {
    const rows = /^(?:COPY|FETCH|SELECT) (\d+)$/.exec(text)?.[1];
    this.#rows = rows === undefined ? null : Number(rows);
  }

  handleError(error: Error): void {
    this.#end(error);
  }

  handleReadyForQuery(): void {
    this.#end(null);
  }

  readonly #receive = (chunk: Buffer): void => {
    this.#walk.receive(chunk);
    this.#advance();
  };

  #advance(): void {
    try {
      if (!this.#walk.advance()) return;
      this.#stream?.pause();
      this.idle = this.#sink.drain().then(
        () => this.#resume(),
        (error: unknown) => this.#fail(error),
      );
    } catch (error) {
      // Not the receiver's failure: the answer has a form it should not have.
      this.#fail(sourceProblem(error));
    }
  }

  #resume(): void {
    const before = this.idle;
    this.#advance();
    if (this.idle === before) this.#stream?.resume();
  }

  #fail(error: unknown): void {
    this.sinkFailure ??= { error };
    this.#end(error instanceof Error ? error : new Error('Reading the rows failed.'));
  }

  #handBack(bytes: Buffer): void {
    this.#stream?.on('data', this.#driver);
    this.#stream?.off('data', this.#receive);
    this.#driver(bytes);
  }

  #end(error: Error | null): void {
    this.#isOver = true;
    this.callback(error);
    if (error) this.#outcome.reject(error);
    else this.#outcome.resolve(this.#rows);
  }
}

function isListener(value: unknown): value is Listener {
  return typeof value === 'function';
}
