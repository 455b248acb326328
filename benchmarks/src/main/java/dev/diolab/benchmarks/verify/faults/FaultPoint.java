package dev.diolab.benchmarks.verify.faults;

import dev.diolab.engine.device.Fault;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A phase of a request, what it does, and what goes wrong in it. */
public enum FaultPoint {
  /** The data of a read. */
  READ_EIO("read", "EIO", Deed.READ, Spot.READ_OF_DATA, Harm.EIO, Ends.INTACT),
  /** A node of the extent tree cannot be read. */
  NODE_EIO("mapping", "node EIO", Deed.FILL_DEEP, Spot.READ, Harm.EIO_ALWAYS, Ends.INTACT),
  /** No block for a hole inside i_size. */
  HOLE_FULL("mapping", "hole, volume full", Deed.FILL_HOLE, null, Harm.ENOSPC, Ends.INTACT),
  /** No block behind i_size. */
  APPEND_FULL("mapping", "append, volume full", Deed.APPEND, null, Harm.ENOSPC, Ends.INTACT),

  /** The data of an overwrite. */
  OVERWRITE_EIO("data, written blocks", "EIO", Deed.OVERWRITE, Spot.DATA, Harm.EIO, Ends.INTACT),
  /** A part of the data of an overwrite arrives. */
  OVERWRITE_SHORT(
      "data, written blocks",
      "short 4096",
      Deed.OVERWRITE,
      Spot.DATA,
      Harm.SHORT_BLOCK,
      Ends.INTACT),
  /** Dirty pages that a direct write has to bring to the device before it begins. */
  DIRTY_EIO(
      "data, written blocks",
      "dirty pages EIO",
      Deed.OVERWRITE_DIRTY,
      Spot.DATA,
      Harm.EIO,
      Ends.INTACT),
  /** The data of a write to unwritten blocks. */
  FILL_EIO("data, unwritten blocks", "EIO", Deed.FILL, Spot.DATA, Harm.EIO, Ends.INTACT),
  /** A part of that. */
  FILL_SHORT(
      "data, unwritten blocks", "short 4096", Deed.FILL, Spot.DATA, Harm.SHORT_BLOCK, Ends.INTACT),
  /** A thin device has no room for it. */
  FILL_ENOSPC("data, unwritten blocks", "ENOSPC", Deed.FILL, Spot.DATA, Harm.ENOSPC, Ends.INTACT),
  /** The data of a write into a hole. */
  HOLE_EIO("data, hole", "EIO", Deed.FILL_HOLE, Spot.DATA, Harm.EIO, Ends.INTACT),
  /** A part of that. */
  HOLE_SHORT("data, hole", "short 4096", Deed.FILL_HOLE, Spot.DATA, Harm.SHORT_BLOCK, Ends.INTACT),

  /** The rest of a block that a write fills in part. */
  PADDING_EIO("zeroing", "padding EIO", Deed.FILL_PART, Spot.PADDING, Harm.EIO, Ends.INTACT),
  /** The window of zero-ahead. */
  WINDOW_EIO("zeroing", "window EIO", Deed.FILL, Spot.NEIGHBOUR, Harm.EIO, Ends.INTACT),
  /** The rest of the block where the file ended. */
  TAIL_EIO("zeroing", "tail EIO", Deed.APPEND_TO_PART, Spot.LAST_BLOCK, Harm.EIO, Ends.INTACT),

  /** The sector where the file ended, which is read to zero a part of it. */
  TAIL_READ_EIO(
      "zeroing", "tail read EIO", Deed.APPEND_TO_PART, Spot.READ, Harm.EIO_ALWAYS, Ends.INTACT),

  /** The tree needs a node to cut an extent, and there is no block. */
  SPLIT_FULL(
      "conversion, in a worker too", "volume full", Deed.SPLIT, null, Harm.ENOSPC, Ends.INTACT),
  /** The journal fails while the data is under way, so that no handle can be had afterwards. */
  FILL_ABORT(
      "conversion, in a worker too",
      "journal fails meanwhile",
      Deed.FILL,
      Spot.LOG,
      Harm.EIO,
      Ends.READ_ONLY),
  /** The same with a part of a block. */
  PART_ABORT(
      "conversion, in a worker too",
      "the same, part of a block",
      Deed.FILL_PART,
      Spot.LOG,
      Harm.EIO,
      Ends.READ_ONLY),

  /** An inode that is changed where it stands on the image. */
  IN_PLACE_EIO(
      "conversion in place", "inode EIO", Deed.FILL, Spot.HOME_FUA, Harm.EIO, Ends.READ_ONLY),
  /** A part of it arrives. */
  IN_PLACE_TORN(
      "conversion in place", "inode torn", Deed.FILL, Spot.HOME_FUA, Harm.TORN, Ends.READ_ONLY),
  /** The first sector arrives. */
  IN_PLACE_SHORT(
      "conversion in place",
      "inode short 512",
      Deed.FILL,
      Spot.HOME_FUA,
      Harm.SHORT_SECTOR,
      Ends.READ_ONLY),

  /** The blocks of the transaction. */
  LOG_EIO("journal", "log EIO", Deed.FILL, Spot.LOG, Harm.EIO, Ends.READ_ONLY),
  /** A part of them. */
  LOG_TORN("journal", "log torn", Deed.FILL, Spot.LOG, Harm.TORN, Ends.READ_ONLY),
  /** The commit record. */
  COMMIT_EIO("journal", "commit EIO", Deed.FILL, Spot.COMMIT_RECORD, Harm.EIO, Ends.READ_ONLY),
  /** The commit record arrives, and its write fails all the same. */
  COMMIT_SHORT(
      "journal",
      "commit short 512",
      Deed.FILL,
      Spot.COMMIT_RECORD,
      Harm.SHORT_SECTOR,
      Ends.READ_ONLY),

  /** The flush that a write or an fsync of unwritten blocks needs. */
  FILL_FLUSH("flush", "after unwritten", Deed.FILL, Spot.FLUSH, Harm.EIO, Ends.READ_ONLY),
  /** The flush of an overwrite. */
  OVERWRITE_FLUSH("flush", "after overwrite", Deed.OVERWRITE, Spot.FLUSH, Harm.EIO, Ends.READ_ONLY),
  /** The flush of an appending write. */
  APPEND_FLUSH("flush", "after append", Deed.APPEND, Spot.FLUSH, Harm.EIO, Ends.READ_ONLY),

  /** A block goes home while writes fill the log. */
  HOME_EIO("checkpoint", "home EIO", Deed.FILL_MANY, Spot.HOME, Harm.EIO, Ends.READ_ONLY),
  /** A part of it goes home. */
  HOME_TORN("checkpoint", "home torn", Deed.FILL_MANY, Spot.HOME, Harm.TORN, Ends.READ_ONLY),
  /** The tail of the log moves. */
  TAIL_OF_LOG(
      "checkpoint", "log tail EIO", Deed.FILL_MANY, Spot.LOG_TAIL, Harm.EIO, Ends.READ_ONLY),
  /** A block goes home at the unmount. */
  UNMOUNT_EIO("checkpoint", "unmount EIO", Deed.FILL, Spot.HOME, Harm.EIO, Ends.READ_ONLY),

  /** The data of an appending write. */
  APPEND_EIO("append", "data EIO", Deed.APPEND, Spot.DATA, Harm.EIO, Ends.INTACT),
  /** A part of that. */
  APPEND_SHORT("append", "data short 4096", Deed.APPEND, Spot.DATA, Harm.SHORT_BLOCK, Ends.INTACT),
  /** The data of a write from an unwritten block over i_size. */
  STRADDLE_EIO("append", "over i_size EIO", Deed.STRADDLE, Spot.DATA, Harm.EIO, Ends.INTACT),
  /** The journal fails before i_size has moved. */
  APPEND_ABORT(
      "append", "journal fails meanwhile", Deed.APPEND, Spot.LOG, Harm.EIO, Ends.READ_ONLY),

  /** Data of the page cache on its way out. */
  WRITE_OUT_EIO("write-out", "data EIO", Deed.CACHED_FILL, Spot.DATA, Harm.EIO, Ends.INTACT),
  /** Its conversion finds no block for a node. */
  WRITE_OUT_FULL("write-out", "volume full", Deed.CACHED_SPLIT, null, Harm.ENOSPC, Ends.INTACT),
  /** Its conversion cannot have a handle. */
  WRITE_OUT_ABORT(
      "write-out", "journal fails meanwhile", Deed.CACHED_FILL, Spot.LOG, Harm.EIO, Ends.READ_ONLY);

  /** How the volume is left. */
  enum Ends {
    /** In use. */
    INTACT,
    /** Read-only with a reason. */
    READ_ONLY
  }

  private final String phase;
  private final String label;
  private final Deed deed;
  private final @Nullable Spot spot;
  private final Harm harm;
  private final Ends ends;

  FaultPoint(String phase, String label, Deed deed, @Nullable Spot spot, Harm harm, Ends ends) {
    this.phase = phase;
    this.label = label;
    this.deed = deed;
    this.spot = spot;
    this.harm = harm;
    this.ends = ends;
  }

  /** The part of a request, of which several points may be known. */
  public String phase() {
    return phase;
  }

  /** What goes wrong there. */
  public String label() {
    return label;
  }

  Deed deed() {
    return deed;
  }

  /** The fault of the device; null when the device is sound and the volume full. */
  @Nullable Fault fault(Places places) {
    Spot its = spot;
    return its == null ? null : harm.at(call -> places.isAt(its, call));
  }

  boolean fillsVolume() {
    return spot == null;
  }

  /** Whether the fault is met by another file's fsync while the data of the request is written. */
  boolean needsSaboteur() {
    return this == FILL_ABORT
        || this == PART_ABORT
        || this == APPEND_ABORT
        || this == WRITE_OUT_ABORT;
  }

  /** Whether the fault is there only from the unmount on. */
  boolean isOfUnmount() {
    return this == UNMOUNT_EIO;
  }

  Ends ends() {
    return ends;
  }

  /** How its requests can be made. */
  public List<Mode> modes() {
    return switch (deed.way()) {
      case READ -> List.of(Mode.SYNC, Mode.ASYNC);
      case CACHED -> List.of(Mode.SYNC, Mode.SYNC_DSYNC);
      case DIRECT, OVER_DIRTY -> Arrays.asList(Mode.values());
    };
  }
}
