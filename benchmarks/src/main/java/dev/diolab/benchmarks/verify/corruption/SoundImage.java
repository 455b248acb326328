package dev.diolab.benchmarks.verify.corruption;

import dev.diolab.engine.check.CheckReport;
import dev.diolab.engine.check.Checker;
import dev.diolab.engine.extent.ExtentState;
import dev.diolab.engine.extent.ExtentVisitor;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.Volume;
import dev.diolab.engine.format.CommitBlock;
import dev.diolab.engine.format.DescriptorBlock;
import dev.diolab.engine.format.Geometry;
import dev.diolab.engine.format.JournalHeader;
import dev.diolab.engine.format.JournalSuperblock;
import dev.diolab.engine.format.RevokeBlock;
import dev.diolab.engine.format.Superblock;
import dev.diolab.engine.journal.LogView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * An image without damage, with everything that an attack needs to know of it.
 *
 * <p>Thread safety: not changed once it is made.
 */
final class SoundImage {
  private final String name;
  private final byte[] bytes;
  private final Geometry geometry;
  private final long lastTid;
  private final Map<Structure, List<Place>> places;
  private final Map<Long, List<byte[]>> versions;

  private SoundImage(
      String name,
      byte[] bytes,
      Geometry geometry,
      long lastTid,
      Map<Structure, List<Place>> places,
      Map<Long, List<byte[]>> versions) {
    this.name = name;
    this.bytes = bytes;
    this.geometry = geometry;
    this.lastTid = lastTid;
    this.places = places;
    this.versions = versions;
  }

  /** Looks at the image that {@code device} holds now. */
  static SoundImage of(String name, HistoryDevice device) throws IOException {
    return new Survey(name, device.contents()).image(device.versions());
  }

  /** What it holds, in words. */
  String name() {
    return name;
  }

  /** A device that holds it. */
  ScratchDevice device() {
    return new ScratchDevice(bytes);
  }

  Geometry geometry() {
    return geometry;
  }

  /** The newest whole transaction in its log, 0 when the log is empty. */
  long lastTid() {
    return lastTid;
  }

  /** Its metadata blocks by structure; structures that it does not have are missing. */
  Map<Structure, List<Place>> places() {
    return places;
  }

  /** What blocks held earlier, by their number. */
  Map<Long, List<byte[]>> versions() {
    return versions;
  }

  /** A copy of block {@code number}. */
  byte[] block(long number) {
    int size = geometry.blockSize();
    return Arrays.copyOfRange(bytes, (int) number * size, ((int) number + 1) * size);
  }

  /** Finds the structures. */
  private static final class Survey {
    private final String name;
    private final byte[] bytes;
    private final Geometry geometry;
    private final LogView log;
    private final Map<Structure, List<Place>> places = new EnumMap<>(Structure.class);

    Survey(String name, byte[] bytes) throws IOException {
      this.name = name;
      this.bytes = bytes;
      this.geometry = Superblock.geometry(Arrays.copyOf(bytes, Geometry.MAX_BLOCK_SIZE));
      this.log =
          LogView.read(
              new ScratchDevice(bytes),
              geometry.journalStart(),
              geometry.journalBlocks(),
              geometry.blockSize());
    }

    SoundImage image(Map<Long, List<byte[]>> versions) throws IOException {
      CheckReport report = Checker.check(new ScratchDevice(bytes));
      if (!report.isClean()) {
        throw new AssertionError(name + " is not sound: " + report.findings());
      }
      addHome(Structure.SUPERBLOCK, 0);
      addHome(Structure.JOURNAL_SUPERBLOCK, geometry.journalStart());
      for (int i = 0; i < geometry.inodeTableBlocks(); i++) {
        addHome(Structure.INODE_TABLE, geometry.inodeTableStart() + i);
      }
      for (int group = 0; group < geometry.groupCount(); group++) {
        addHome(Structure.BITMAP, geometry.bitmapBlock(group));
      }
      addNodes();
      addLog();
      return new SoundImage(name, bytes, geometry, log.lastTid(), places, versions);
    }

    private void addHome(Structure structure, long block) {
      add(new Place(structure, block, 0, log.holds(block)));
    }

    private void add(Place place) {
      places.computeIfAbsent(place.structure(), s -> new ArrayList<>()).add(place);
    }

    private void addNodes() throws IOException {
      try (Volume volume = Mounts.mount(new ScratchDevice(bytes))) {
        for (DioFile file : Mounts.files(volume, geometry)) {
          file.forEachExtent(
              new ExtentVisitor() {
                @Override
                public void extent(long logical, long physical, int blocks, ExtentState state) {}

                @Override
                public void node(long block, int depth) {
                  addHome(Structure.EXTENT_NODE, block);
                }
              });
        }
      }
    }

    private void addLog() {
      byte[] superblock = block(geometry.journalStart());
      int ring = geometry.journalBlocks() - 1;
      int position = JournalSuperblock.tailPosition(superblock);
      int end = position + ring;
      for (long tid = JournalSuperblock.tailTid(superblock); tid <= log.lastTid(); tid++) {
        position = addTransaction(position, tid);
      }
      for (int at = position; at < end; at++) {
        add(new Place(Structure.LOG_REST, logBlock(at), 0, false));
      }
    }

    /** Adds the blocks of a whole transaction; where the next begins. */
    private int addTransaction(int from, long tid) {
      int at = from;
      while (true) {
        byte[] block = block(logBlock(at));
        if (CommitBlock.isValid(block, tid, at - from)) {
          add(new Place(Structure.LOG_COMMIT, logBlock(at), tid, false));
          return at + 1;
        } else if (RevokeBlock.isValid(block, tid)) {
          add(new Place(Structure.LOG_REVOKE, logBlock(at), tid, false));
        } else if (DescriptorBlock.isValid(block, tid)) {
          add(new Place(Structure.LOG_DESCRIPTOR, logBlock(at), tid, false));
          for (int copies = JournalHeader.count(block); copies > 0; copies--) {
            add(new Place(Structure.LOG_COPY, logBlock(++at), tid, false));
          }
        } else {
          throw new AssertionError("transaction " + tid + " of " + name + " is not whole");
        }
        at++;
      }
    }

    private long logBlock(int position) {
      return geometry.journalStart() + 1 + position % (geometry.journalBlocks() - 1);
    }

    private byte[] block(long number) {
      int size = geometry.blockSize();
      return Arrays.copyOfRange(bytes, (int) number * size, ((int) number + 1) * size);
    }
  }
}
