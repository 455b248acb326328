package dev.diolab.benchmarks.verify.races;

import dev.diolab.benchmarks.verify.mutant.Mutant;
import java.util.List;
import java.util.Set;

/** The engine with the mistakes that the catalogue names. */
final class RaceMutants {
  private static final String FILE = "dev/diolab/engine/file/";
  private static final String STAGE = "dev.diolab.benchmarks.verify.races.schedule.Stage";

  private static final List<Mutant> ALL =
      List.of(
          mutant(
              "hole filled with written blocks",
              "WriteMapping",
              "ExtentState state = beyond ? ExtentState.WRITTEN : ExtentState.UNWRITTEN;",
              "ExtentState state = ExtentState.WRITTEN;"),
          mutant(
              "end_io shared by all writes",
              "EndIo",
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
              """,
              """
              void begin() {
                convertedIn = 0;
                committed = false;
                current = request;
              }

              private static volatile DioRequest current;

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
                convertedIn = conversion().convert(current.offset(), current.end(), 0, request.clock);
              """),
          new Mutant(
              "unaligned asynchronous writes not serialised",
              "dev/diolab/strategies/IomapEndioStrategy.java",
              "boolean aligned = io.isAligned(inode.blockSize());",
              "boolean aligned = true;",
              Set.of(),
              Mutant.Attack.CRASH),
          new Mutant(
              "unaligned synchronous writes not serialised",
              "dev/diolab/strategies/IomapEndioStrategy.java",
              "boolean aligned = io.isAligned(inode.blockSize());",
              "boolean aligned = !io.isAsync() || io.isAligned(inode.blockSize());",
              Set.of(),
              Mutant.Attack.CRASH),
          mutant(
              "padded after the lock was given back",
              "DirectWrite",
              """
              WriteMapping.run(inode, request, grant);
              WriteTransfer.pad(inode, request);
              } finally {
                grant.submitted();
                request.clock.lap(Phase.LOCK_WAIT);
              }
              """,
              """
              WriteMapping.run(inode, request, grant);
              } finally {
                grant.submitted();
                request.clock.lap(Phase.LOCK_WAIT);
              }
              WriteTransfer.pad(inode, request);
              """),
          mutant(
              "write-out ends before its conversion",
              "InodePages",
              """
              convert(transfer(start, end, from, new DirtyBlocks(dirtySectors, inode.blockSize())));
              inode.growDiskSize(end);
              """,
              """
              ByteRanges unwritten = transfer(start, end, from, new DirtyBlocks(dirtySectors, inode.blockSize()));
              inode.growDiskSize(end);
              """),
          mutant(
              "invalidated before i_size moves",
              "DirectWrite",
              """
              boolean durable;
              try {
                durable = extendAndWrite(inode, request, grant);
              } finally {
                if (dropsPages) {
                  DirectPages.drop(inode, request);
                }
              }
              return syncUnderLock(inode, request, durable);
              }

              private static boolean syncUnderLock(Inode inode, DioRequest request, boolean durable)
                  throws IOException {
                boolean syncsHere =
                    inode.volume().rules().syncUnderLock()
                        && !inode.volume().commits().isUsed()
                        && !request.isStopped();
                if (request.isDsync() && syncsHere && !durable) {
                  sync(inode, request);
                  return true;
                }
                return durable;
              }

              /** Whether the write is durable already: one FUA transfer, or a conversion that was committed. */
              private static boolean extendAndWrite(Inode inode, DioRequest request, Grant grant)
                  throws IOException {
                if (!request.isExtending()) {
                  return write(inode, request, grant, null);
                }
                Extension extension = new Extension(inode, request);
                try {
                  write(inode, request, grant, extension);
                  extension.finish();
              """,
              """
              return extendAndWrite(inode, request, grant);
              }

              private static boolean syncUnderLock(
                  Inode inode, DioRequest request, boolean durable) {
                return durable;
              }

              private static boolean extendAndWrite(Inode inode, DioRequest request, Grant grant)
                  throws IOException {
                if (!request.isExtending()) {
                  return write(inode, request, grant, null);
                }
                Extension extension = new Extension(inode, request);
                try {
                  write(inode, request, grant, extension);
                  DirectPages.drop(inode, request);
                  %s.mark("pages dropped");
                  extension.finish();
              """
                  .formatted(STAGE)),
          mutant(
              "synced before i_size is logged",
              "DirectWrite",
              "extension.finish();",
              """
              if (request.isDsync()) {
                sync(inode, request);
              }
              extension.finish();
              if (request.isDsync()) {
                return true;
              }
              """),
          mutant(
              "fallback returns its own bytes only",
              "DirectWrite",
              "return request.bytesAsked();",
              "return request.bytes();"),
          mutant(
              "write-out moves i_disksize to i_size",
              "InodePages",
              "inode.growDiskSize(end);",
              "inode.growDiskSize(inode.size());"),
          mutant(
              "direct write leaves i_disksize behind",
              "DirectWrite",
              "inode.growDiskSize(request.end());",
              ""),
          mutant(
              "conversion of an append moves i_disksize",
              "EndIo",
              "long coverTo = request.isExtending() ? 0 : request.end();",
              "long coverTo = request.end();"),
          mutant(
              "orphan left by a direct append",
              "Extension",
              """
              inode.growSize(handle, request.end());
              }
              volume.orphans().remove(handle, inode);
              """,
              """
              inode.growSize(handle, request.end());
              }
              if (inode.diskSize() > request.end()) {
                volume.orphans().remove(handle, inode);
              }
              """),
          mutant("fsync overtakes the work queue", "Inode", "conversions.drain();", ""),
          mutant(
              "only the first extent of a page converted",
              "InodePages",
              "inode.blocks().conversion().convert(unwritten, new PhaseClock());",
              """
              if (!unwritten.isEmpty()) {
                inode.blocks().conversion().convert(
                    unwritten.start(0), unwritten.end(0), 0, new PhaseClock());
              }
              """),
          mutant(
              "store allocates written blocks",
              "Preallocation",
              "inode.blocks().allocate(logical, mapping.blocks(), ExtentState.UNWRITTEN, mapping,"
                  + " clock);",
              """
              inode.blocks().allocate(logical, mapping.blocks(), ExtentState.WRITTEN, mapping, clock);
              %s.mark("block allocated");
              """
                  .formatted(STAGE)),
          mutant(
              "pages that cannot be dropped are ignored",
              "DirectPages",
              "if (!pages.invalidate(offset, bytes)) {",
              "if (!pages.invalidate(offset, bytes) && request.isNowait()) {"),
          mutant(
              "no invalidation after a direct write",
              "DirectPages",
              "if (request.bytes() > 0 && pages.hasPages()",
              "if (request.bytes() < 0 && pages.hasPages()"),
          mutant(
              "read not cut at i_size",
              "DirectRead",
              """
              return Math.max(request.offset(), Math.min(position, Math.min(sizeBefore, inode.size())));
              """,
              "return position;"),
          mutant(
              "part of a new block not padded",
              "WriteTransfer",
              "padPartialBlocks(inode, position, segments.deviceOffset(i), bytes);",
              ""),
          mutant(
              "i_size moved before the data",
              "Extension",
              "LastBlock.zeroBehindEnd(inode, request.offset());",
              """
              LastBlock.zeroBehindEnd(inode, request.offset());
              try (Handle early = volume.journal().start(1)) {
                inode.growSize(early, request.end());
              }
              """));

  private RaceMutants() {}

  /** The mutant called {@code name}. */
  static Mutant byName(String name) {
    return ALL.stream()
        .filter(mutant -> mutant.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the catalogue names an unknown mutant: " + name));
  }

  static List<Mutant> all() {
    return ALL;
  }

  private static Mutant mutant(String name, String type, String original, String replacement) {
    return new Mutant(
        name, FILE + type + ".java", original, replacement, Set.of(), Mutant.Attack.CRASH);
  }
}
