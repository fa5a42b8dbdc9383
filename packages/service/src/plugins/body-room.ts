import { Overloaded } from '../inference/refusals';

/** Bytes of a body that takes no more than its connection does, and so needs no room of its own. */
export const SMALL_BODY = 2 ** 13;

/** Bytes of all larger bodies together. */
const ROOM = 2 ** 23;

/** How long a body may be on its way, in milliseconds, before one that finds no room takes its place. */
const PATIENCE_MS = 1000;

/** What a body takes of the room. */
export interface Share {
  /** @throws Overloaded if there is no room for so many bytes more */
  readonly expect: (bytes: number) => void;
  /** Takes room for bytes that are there. @throws Overloaded if there is none, and gives up all that it had */
  readonly take: (bytes: number) => void;
  /** All of it is there: its place is its own. */
  readonly whole: () => void;
  readonly release: () => void;
}

/**
 * The memory that the bodies of requests may take. Bytes count from when they are there, not from when they are
 * announced: who announces a body and sends none of it takes nothing from others. Who sends slowly keeps its place
 * until another needs it.
 */
export class BodyRoom {
  #taken = 0;
  /** Of those that are on their way, the first has been so longest. */
  readonly #coming = new Set<Entry>();

  /** @param refuse told if another takes its place */
  share(refuse: (error: Overloaded) => void): Share {
    const entry: Entry = { bytes: 0, since: performance.now(), refuse };
    this.#coming.add(entry);
    return {
      expect: (bytes) => {
        this.makeRoom(entry, bytes);
      },
      take: (bytes) => {
        this.makeRoom(entry, bytes);
        entry.bytes += bytes;
        this.#taken += bytes;
      },
      whole: () => {
        this.#coming.delete(entry);
      },
      release: () => {
        this.release(entry);
      },
    };
  }

  private makeRoom(entry: Entry, bytes: number): void {
    while (entry.bytes + bytes > SMALL_BODY && this.#taken + bytes > ROOM) {
      const [longest] = this.#coming;
      const full = new Overloaded('bodies_full');
      if (!longest || longest === entry || performance.now() - longest.since < PATIENCE_MS) {
        // At once, or all that come in the same moment would be refused, and not only as many as it takes.
        this.release(entry);
        throw full;
      }
      this.release(longest);
      longest.refuse(full);
    }
  }

  private release(entry: Entry): void {
    this.#coming.delete(entry);
    this.#taken -= entry.bytes;
    entry.bytes = 0;
  }
}

interface Entry {
  bytes: number;
  readonly since: number;
  readonly refuse: (error: Overloaded) => void;
}
