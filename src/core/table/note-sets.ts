/** Sets of notes, numbered: many rows share few of them, so a row needs one number however many notes it has. */
export class NoteSets {
  /** Note numbers by set, in the order in which they were added; set 0 is empty. */
  readonly #sets: number[][] = [[]];
  /** By set: the set that a note leads to. */
  readonly #steps: Map<number, number>[] = [new Map()];

  /** Sets that there are. */
  get size(): number {
    return this.#sets.length;
  }

  of(set: number): readonly number[] {
    return this.#sets[set]!;
  }

  /** @returns the set that has the notes of `set` and this one besides; the same for note 0 or one that it has */
  with(set: number, note: number): number {
    if (note === 0) return set;
    const steps = this.#steps[set]!;
    let to = steps.get(note);
    if (to === undefined) {
      const notes = this.#sets[set]!;
      to = notes.includes(note) ? set : this.#sets.length;
      if (to !== set) {
        this.#sets.push([...notes, note]);
        this.#steps.push(new Map());
      }
      steps.set(note, to);
    }
    return to;
  }
}
