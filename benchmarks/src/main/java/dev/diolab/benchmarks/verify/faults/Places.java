package dev.diolab.benchmarks.verify.faults;

import dev.diolab.engine.device.DeviceCall;
import dev.diolab.engine.device.DeviceCall.Kind;
import dev.diolab.engine.format.Geometry;

/**
 * Where on the device the things are that a fault aims at.
 *
 * @param geometry the layout of the image
 * @param targetAt first byte of the blocks of the request; -1 when they are a hole
 * @param targetBytes length of the request
 * @param lastBlockAt first byte of the last block of the file; -1 when that is a hole
 * @param otherAt first byte of the blocks that requests use which meet no fault
 * @param otherBytes length of those
 */
record Places(
    Geometry geometry,
    long targetAt,
    int targetBytes,
    long lastBlockAt,
    long otherAt,
    long otherBytes) {

  /** Whether {@code call} is one of {@code spot}. */
  boolean isAt(Spot spot, DeviceCall call) {
    int block = FaultImage.BLOCK;
    return switch (spot) {
      case READ -> call.kind() == Kind.READ && !isOfOthers(call);
      case READ_OF_DATA ->
          call.kind() == Kind.READ && call.touches(targetAt, targetAt + targetBytes);
      case FLUSH -> call.kind() == Kind.FLUSH;
      case DATA -> writesData(call);
      case NEIGHBOUR -> call.isWrite() && call.touches(targetAt - block, targetAt);
      case PADDING -> call.isWrite() && call.touches(targetAt / block * block, targetAt);
      case LAST_BLOCK -> call.isWrite() && call.touches(lastBlockAt, lastBlockAt + block);
      case LOG -> call.kind() == Kind.WRITE && isInJournal(call);
      case COMMIT_RECORD ->
          call.kind() == Kind.WRITE_FUA && isInJournal(call) && !isJournalSuperblock(call);
      case LOG_TAIL -> call.kind() == Kind.WRITE_FUA && isJournalSuperblock(call);
      case HOME -> call.kind() == Kind.WRITE && isInInodeTable(call);
      case HOME_FUA -> call.kind() == Kind.WRITE_FUA && isInInodeTable(call);
    };
  }

  private boolean writesData(DeviceCall call) {
    if (!call.isWrite()) {
      return false;
    }
    if (targetAt < 0) {
      return call.offset() >= geometry.groupsStart() * geometry.blockSize() && !isOfOthers(call);
    }
    return call.offset() == targetAt && call.bytes() <= targetBytes;
  }

  private boolean isOfOthers(DeviceCall call) {
    return call.touches(otherAt, otherAt + otherBytes);
  }

  private boolean isInJournal(DeviceCall call) {
    return touches(call, geometry.journalStart(), geometry.journalBlocks());
  }

  private boolean isJournalSuperblock(DeviceCall call) {
    return touches(call, geometry.journalStart(), 1);
  }

  private boolean isInInodeTable(DeviceCall call) {
    return touches(call, geometry.inodeTableStart(), geometry.inodeTableBlocks());
  }

  private boolean touches(DeviceCall call, long firstBlock, int blocks) {
    long from = firstBlock * geometry.blockSize();
    return call.touches(from, from + (long) blocks * geometry.blockSize());
  }
}
