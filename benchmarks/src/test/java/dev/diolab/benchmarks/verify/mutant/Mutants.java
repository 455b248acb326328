package dev.diolab.benchmarks.verify.mutant;

import static dev.diolab.benchmarks.verify.history.Claim.G1;
import static dev.diolab.benchmarks.verify.history.Claim.G2;
import static dev.diolab.benchmarks.verify.history.Claim.G3;
import static dev.diolab.benchmarks.verify.history.Claim.G4;
import static dev.diolab.benchmarks.verify.history.Claim.G6;
import static dev.diolab.benchmarks.verify.history.Claim.G8;
import static dev.diolab.benchmarks.verify.history.Claim.IMAGE;

import dev.diolab.benchmarks.verify.history.Claim;
import dev.diolab.benchmarks.verify.mutant.Mutant.Attack;
import java.util.List;
import java.util.Set;

/** The mistakes that the verifier has to find. */
final class Mutants {
  private static final String FILE = "dev/diolab/engine/file/";
  private static final String JOURNAL = "dev/diolab/engine/journal/";
  private static final String EXTENT = "dev/diolab/engine/extent/";
  private static final String FORMAT = "dev/diolab/engine/format/";

  private Mutants() {}

  /** All that crash states show. */
  static List<Mutant> ofCrashes() {
    return List.of(
        mutant(
            "conversion before the data is written",
            FILE + "DirectWrite.java",
            """
            WriteTransfer.run(inode, request, fua);
            } finally {
              request.unpinUser();
              request.clock.lap(Phase.DEVICE);
              grant.ioDone();
              request.clock.lap(Phase.LOCK_WAIT);
            }
            return convertAndCover(inode, request, fua);
            """,
            """
            boolean durable = convertAndCover(inode, request, fua);
            WriteTransfer.run(inode, request, fua);
            return durable;
            } finally {
              request.unpinUser();
              grant.ioDone();
            }
            """,
            G1),
        mutant(
            "no flush before the commit record",
            JOURNAL + "LogCommit.java",
            "device.flush();",
            "",
            G1,
            G2,
            G3),
        mutant(
            "replay ignores revoke",
            JOURNAL + "Revokes.java",
            "return copy.tid() <= voidUpTo.getOrDefault(copy.home(), 0L);",
            "return false;",
            G1,
            G2,
            G3),
        mutant(
            "freed block reused before the commit",
            EXTENT + "AllocationGroup.java",
            "handle.afterCommit(() -> unpin(from, count));",
            "unpin(from, count);",
            G1),
        mutant(
            "size logged before the conversion",
            FILE + "DirectWrite.java",
            "return convertAndCover(inode, request, fua);",
            """
            if (extension != null) {
              try (var handle = inode.volume().journal().start(1)) {
                inode.growSize(handle, request.end());
              }
            }
            return convertAndCover(inode, request, fua);
            """,
            G6),
        mutant(
            "DSYNC returns before its commit",
            FILE + "DirectWrite.java",
            "inode.volume().journal().sync(inode.syncTid());",
            "inode.volume().device().flush();",
            G2),
        mutant(
            "fsync does not wait for a pending conversion",
            FILE + "Conversion.java",
            """
            inode.changedIn(handle);
            inode.coverOnDisk(handle, Math.min(coverTo, logical * inode.blockSize()));
            """,
            "inode.coverOnDisk(handle, Math.min(coverTo, logical * inode.blockSize()));",
            G3),
        mutant(
            "tail advanced before the checkpoint is flushed",
            JOURNAL + "Checkpointer.java",
            """
            if (candidates.length > 0) {
              device.flush();
            }
            moveTail();
            """,
            """
            moveTail();
            if (candidates.length > 0) {
              device.flush();
            }
            """,
            IMAGE,
            G1,
            G2,
            G3,
            G6),
        mutant(
            "orphans not processed",
            FILE + "OrphanRecovery.java",
            "Truncation.recover(inode);",
            "",
            IMAGE),
        mutant(
            "conversion of more blocks than were written",
            EXTENT + "ExtentTree.java",
            """
            int done = (int) Math.min(blocks, path.end() - logical);
            if (path.isUnwritten(path.leafEntry())) {
            """,
            """
            int done = (int) (path.end() - logical);
            if (path.isUnwritten(path.leafEntry())) {
            """,
            G1),
        mutant(
            "FUA overwrite taken for unwritten blocks",
            FILE + "DirectWrite.java",
            "&& request.segments.allAre(Segments.Kind.WRITTEN)",
            "",
            G2),
        mutant(
            "recovery takes a transaction without a commit record",
            JOURNAL + "LogScan.java",
            """
            case MISPLACED_COMMIT, LATER, OTHER -> {
              return null;
            }
            """,
            """
            case MISPLACED_COMMIT, LATER, OTHER -> {
              if (found.copies().isEmpty()) {
                return null;
              }
              position = stop;
              tid++;
              return found;
            }
            """,
            IMAGE,
            G1),
        mutant(
            "orphan put on the list after the data is written",
            FILE + "DirectWrite.java",
            """
            submit(inode, request, grant, extension);
            fua = mayUseFua(inode, request);
            request.loadFromPinned();
            WriteTransfer.run(inode, request, fua);
            """,
            """
            submit(inode, request, grant, null);
            fua = mayUseFua(inode, request);
            request.loadFromPinned();
            WriteTransfer.run(inode, request, fua);
            if (extension != null) {
              extension.begin();
            }
            """,
            IMAGE,
            G1,
            G6),
        mutant(
            "fsync without a flush when its transaction is durable",
            JOURNAL + "Journal.java",
            "if (!commitWillFlush || !isDurable(tid)) {",
            "if (!commitWillFlush && !isDurable(tid)) {",
            G2,
            G3),
        mutant(
            "part of a new block not padded with zeros",
            FILE + "WriteTransfer.java",
            "padPartialBlocks(inode, position, segments.deviceOffset(i), bytes);",
            "",
            G1),
        mutant(
            "old bytes behind the end not cleared when the file grows",
            FILE + "LastBlock.java",
            "zero(inode.volume(), mapping.physical() * blockSize + size % blockSize, (int) (end -"
                + " size));",
            "",
            G1,
            G2,
            G3,
            G4),
        mutant(
            "log emptied before the replayed blocks are flushed",
            JOURNAL + "Recovery.java",
            """
            new HomeWriter(device, area).write(copies);
            device.flush();
            """,
            "new HomeWriter(device, area).write(copies);",
            IMAGE,
            G1,
            G2,
            G3,
            G6),
        mutant(
            "i_disksize moved before the pages are written out",
            FILE + "InodePages.java",
            """
            convert(transfer(start, end, from, new DirtyBlocks(dirtySectors, inode.blockSize())));
            inode.growDiskSize(end);
            """,
            """
            inode.growDiskSize(end);
            convert(transfer(start, end, from, new DirtyBlocks(dirtySectors, inode.blockSize())));
            """,
            G1,
            G6),
        mutant(
            "fsync without a write-out",
            FILE + "DioFile.java",
            "inode.writePages(); inode.volume().journal().sync(inode.syncTid());",
            "inode.volume().journal().sync(inode.syncTid());",
            G3),
        mutant(
            "ends of a punch not zeroed",
            FILE + "RangeZeroing.java",
            "zeroPartialBlocks(); inode",
            "inode",
            G3,
            G4),
        mutant(
            "pages of a punch not dropped",
            FILE + "RangeZeroing.java",
            "inode.pages().punchLocked(offset, end);",
            "",
            G3,
            G4),
        mutant(
            "direct read without a write-out",
            FILE + "DirectPages.java",
            "pages.writeAndWait(request.offset(), request.bytes());",
            "",
            G4));
  }

  /** Mistakes with conversions past the journal, and with what makes them possible. */
  static List<Mutant> ofConversionsInPlace() {
    return List.of(
        mutant(
            "in place in a block of a live transaction",
            JOURNAL + "HomeClaims.java",
            "return state.isDurable(block.joinedTid) && !isInLog(block);",
            "return !isInLog(block);",
            IMAGE,
            G1,
            G2,
            G3,
            G6),
        mutant(
            "in place without a revoke",
            JOURNAL + "HomeClaims.java",
            "return state.isDurable(block.joinedTid) && !isInLog(block);",
            "return state.isDurable(block.joinedTid);",
            IMAGE,
            G2,
            G3),
        mutant(
            "in place before the data is durable",
            FILE + "EndIo.java",
            "volume.journal().sync(0); // the data first",
            "",
            G1,
            G2),
        mutant(
            "block brought home that the log cannot restore",
            JOURNAL + "LogCommit.java",
            "transaction.bringHome(state.claims()::isInLog);",
            "transaction.bringHome(block -> true);",
            IMAGE,
            G1,
            G6),
        mutant(
            "block brought home is not flushed before its revoke",
            JOURNAL + "LogCommit.java",
            """
            home.write();
            device.flush();
            state.requireNotFailed();
            writer.appendCommitRecord(transaction.tid(), image.blocks());
            """,
            """
            device.flush();
            state.requireNotFailed();
            writer.appendCommitRecord(transaction.tid(), image.blocks());
            home.write();
            """,
            IMAGE,
            G1,
            G2,
            G3));
  }

  /** Mistakes with requests that nobody waits for. */
  static List<Mutant> ofAsynchronousRequests() {
    return List.of(
        mutant(
            "asynchronous write complete before its conversion",
            FILE + "Flight.java",
            """
            int bytes = 0;
            try {
            """,
            """
            int bytes = 0;
            if (isWrite && failure == null) {
              complete(request.bytesAsked(), byWorker);
              try {
                AsyncWrite.end(request, held, fua, failure, byWorker);
              } catch (IOException e) {
                throw new AssertionError(e);
              }
              return;
            }
            try {
            """,
            G2,
            G3,
            G4),
        mutant(
            "state of end_io in the inode (74dae4278546)",
            FILE + "EndIo.java",
            """
            void begin() {
              convertedIn = 0;
              committed = false;
            }

            /**
             * Whether the conversion is durable: the policy waited for its commit, or it was in place. Either
             * came after a flush that followed all data of the request, so the whole request is durable.
             */
            boolean isCommitted() {
              return committed;
            }

            @Override
            public void convert() throws IOException {
              long coverTo = request.isExtending() ? 0 : request.end();
              convertedIn = conversion().convert(request.offset(), request.end(), coverTo, request.clock);
            }
            """,
            """
            void begin() {
              convertedIn = 0;
              committed = false;
              LAST.put(request.inode(), request);
            }

            private static final java.util.Map<Inode, DioRequest> LAST =
                java.util.Collections.synchronizedMap(new java.util.WeakHashMap<>());

            boolean isCommitted() {
              return committed;
            }

            @Override
            public void convert() throws IOException {
              DioRequest last = LAST.getOrDefault(request.inode(), request);
              convertedIn = conversion().convert(last.offset(), last.end(), last.end(), request.clock);
            }
            """,
            G2,
            G3,
            G4,
            G8),
        mutant(
            "unaligned asynchronous writes not serialised (372a03e01853)",
            "dev/diolab/strategies/IomapEndioStrategy.java",
            "boolean aligned = io.isAligned(inode.blockSize());",
            "boolean aligned = true;",
            G2,
            G3,
            G4),
        mutant(
            "fsync overtakes the work queue", FILE + "Inode.java", "conversions.drain();", "", G3));
  }

  /** Mistakes that only {@code lazy-zero} can make. */
  static List<Mutant> ofLazyZeroing() {
    return List.of(
        mutant(
            "lazy zeros without the locks of their pages",
            FILE + "LazyZeroing.java",
            "locks.acquire(claim, from, to - from);",
            "",
            G2,
            G3,
            G4,
            G6,
            G8));
  }

  /**
   * What no crash can show as long as the log is flushed before the commit record: when the record
   * is there at all, it and everything before it are whole, so that their checksums always hold.
   * They are there for devices that lie and media that decay; only the corruption attack, which
   * allows no silent acceptance of a wrong checksum, sees that they are not looked at.
   */
  static List<Mutant> ofCorruption() {
    return List.of(
        new Mutant(
            "commit record accepted without its checksum",
            FORMAT + "JournalHeader.java",
            "Bytes.getInt(block, CRC) == checksum(block)",
            "(type(block) == COMMIT || Bytes.getInt(block, CRC) == checksum(block))",
            Set.of(IMAGE),
            Attack.CORRUPTION),
        new Mutant(
            "torn descriptor accepted",
            FORMAT + "JournalHeader.java",
            "Bytes.getInt(block, CRC) == checksum(block)",
            "(type(block) == DESCRIPTOR || Bytes.getInt(block, CRC) == checksum(block))",
            Set.of(IMAGE),
            Attack.CORRUPTION));
  }

  private static Mutant mutant(
      String name, String file, String original, String replacement, Claim... expected) {
    return new Mutant(name, file, original, replacement, Set.of(expected), Attack.CRASH);
  }
}
