package dev.diolab.benchmarks.verify.races.schedule;

/** Where an actor can be held: the calls of the seam, and transfers of data. */
public enum Moment {
  /** An operation is about to ask the strategy for its grant. */
  BEGINS("asks for its grant"),
  /** The strategy has granted the operation. */
  GRANTED("is granted"),
  /** The strategy refused a request that may not wait. */
  REFUSED("is refused"),
  /** The path is about to ask how much it may map; of truncate and punch: to drain. */
  WANTS_TO_MAP("wants to map"),
  /** The strategy let the path map; of truncate and punch: all is drained. */
  MAY_MAP("may map"),
  /** All is mapped. */
  SUBMITTED("has mapped all"),
  /** The device is done with the data, and the strategy knows it. */
  IO_DONE("is done with the device"),
  /** A conversion of unwritten blocks is about to begin. */
  CONVERTS("begins end_io"),
  /** The blocks are converted. */
  CONVERTED("has converted"),
  /** All is done, the grant is about to be given back. */
  ENDS("is about to release"),
  /** The grant was given back. */
  RELEASED("has released"),
  /** A page of a mapping or of a user buffer is not there: a fault is about to begin. */
  FAULTS("faults"),
  /** A transfer of file data from the device is about to begin. */
  DEVICE_READS("device read"),
  /** It is over. */
  DEVICE_HAS_READ("device read done"),
  /** A transfer of file data to the device is about to begin. */
  DEVICE_WRITES("device write"),
  /** It is over. */
  DEVICE_HAS_WRITTEN("device write done"),
  /** A moment that the actor's own script marks. */
  MARK("is at a mark");

  private final String words;

  Moment(String words) {
    this.words = words;
  }

  /** The moment as a line of an interleaving tells it. */
  String words() {
    return words;
  }
}
