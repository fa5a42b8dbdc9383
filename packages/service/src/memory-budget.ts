import { Overloaded } from './errors/http-error';

/** Bytes up to which a body needs no reservation, because it takes no more memory than its connection. */
export const SMALL_BODY = 2 ** 13;

/** Bytes for all larger bodies together. */
const BUDGET = 2 ** 23;

/** Milliseconds after which an incomplete body loses its memory to a body that finds none. */
const PATIENCE_MS = 1000;

/** The memory of one body. */
export interface Reservation {
  /** @throws Overloaded if that many more bytes do not fit */
  readonly check: (bytes: number) => void;
  /** Reserves bytes that have arrived. @throws Overloaded if they do not fit, after releasing all its memory */
  readonly take: (bytes: number) => void;
  /** Marks the body as complete: no other body can take its memory. */
  readonly complete: () => void;
  readonly release: () => void;
}

/**
 * The memory budget of request bodies. Bytes count when they arrive, not when Content-Length announces them, so a
 * client that sends nothing takes nothing from others. A slow client keeps its memory until another body needs it.
 */
export class MemoryBudget {
  #taken = 0;
  /** Incomplete bodies; the first is the oldest. */
  readonly #incomplete = new Set<Entry>();

  /** @param refuse called if another body takes the memory of this one */
  open(refuse: (error: Overloaded) => void): Reservation {
    const entry: Entry = { bytes: 0, since: performance.now(), refuse };
    this.#incomplete.add(entry);
    return {
      check: (bytes) => {
        this.makeRoom(entry, bytes);
      },
      take: (bytes) => {
        this.makeRoom(entry, bytes);
        entry.bytes += bytes;
        this.#taken += bytes;
      },
      complete: () => {
        this.#incomplete.delete(entry);
      },
      release: () => {
        this.release(entry);
      },
    };
  }

  private makeRoom(entry: Entry, bytes: number): void {
    while (entry.bytes + bytes > SMALL_BODY && this.#taken + bytes > BUDGET) {
      const [oldest] = this.#incomplete;
      const full = new Overloaded('bodies_full');
      if (!oldest || oldest === entry || performance.now() - oldest.since < PATIENCE_MS) {
        // Release now: otherwise all bodies that arrive together would be refused, not only as many as needed.
        this.release(entry);
        throw full;
      }
      this.release(oldest);
      oldest.refuse(full);
    }
  }

  private release(entry: Entry): void {
    this.#incomplete.delete(entry);
    this.#taken -= entry.bytes;
    entry.bytes = 0;
  }
}

interface Entry {
  bytes: number;
  readonly since: number;
  readonly refuse: (error: Overloaded) => void;
}
