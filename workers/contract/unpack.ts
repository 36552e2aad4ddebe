/** Ingest worker -> unpack worker. */

/** A piece of what a file inflates to. */
export interface Unpacked {
  /** null at the end. */
  bytes: Uint8Array<ArrayBuffer> | null;
  /** How many bytes of the file were read by then. */
  read: number;
  /** What there is to say of what comes from here on (see `ByteReport` of the core), and was not said before. */
  damage: string[];
  notes: string[];
}

/** A file that is being unpacked. */
export interface Unpacking {
  /**
   * The next piece. Several can be asked for at a time; they come in order.
   *
   * @param spent the buffer of a piece that is done with, for another one
   */
  next(spent: ArrayBuffer | null): Promise<Unpacked>;
  /** No more of it is wanted. */
  close(): Promise<void>;
}

export interface UnpackApi {
  /** Gives a buffer back: whether handing over is quick is found out by doing it. */
  echo(buffer: ArrayBuffer): Promise<ArrayBuffer>;
  /** Begins to take gzip off a file. */
  start(file: Blob): Promise<Unpacking>;
}
