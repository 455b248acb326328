package dev.diolab.benchmarks.verify.faults;

import dev.diolab.benchmarks.verify.record.OverlayDevice;
import dev.diolab.engine.extent.ExtentState;
import dev.diolab.engine.extent.Mapping;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import dev.diolab.engine.file.MountOptions;
import dev.diolab.engine.file.Volume;
import dev.diolab.engine.file.VolumeFormatter;
import dev.diolab.engine.file.VolumeOptions;
import dev.diolab.engine.format.Geometry;
import dev.diolab.engine.format.Superblock;
import dev.diolab.strategies.Policies;
import dev.diolab.strategies.Strategies;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * The poisoned image that every trial begins with: files in all the states that matter to a write.
 *
 * <p>Thread safety: immutable.
 */
final class FaultImage {
  /** Bytes of a block. */
  static final int BLOCK = 4096;

  private static final int OTHER_BYTES = 12 * BLOCK;

  /** Seed of what the files hold. */
  private static final int OLD = 1;

  private static final int BYTES = 8 << 20;

  /**
   * About the smallest that a volume can have: a checkpoint is due after some dozens of commits.
   */
  private static final int JOURNAL_BLOCKS = 160;

  /** The files, in the order of their inode numbers from 1 on. */
  enum Member {
    /** Blocks 0 to 15 written, 16 to 79 unwritten, 80 to 95 a hole. */
    PLAIN(1),
    /** Four extents, as many as the inode has room for; the first has 8 unwritten blocks. */
    ROOT_FULL(2),
    /** Four unwritten blocks and more extents than the inode has room for. */
    DEEP(3),
    /** Five written blocks and 700 bytes. */
    PART(4),
    /** Four unwritten blocks. */
    UNWRITTEN(5),
    /** Eight written and four unwritten blocks: for the requests that meet no fault. */
    OTHER(6),
    /** Empty: its fsync fails where the journal is to fail under a request. */
    SABOTEUR(7),
    /** Empty: takes all free blocks where the volume is to be full. */
    HOG(8);

    private final int inode;

    Member(int inode) {
      this.inode = inode;
    }

    int inode() {
      return inode;
    }
  }

  private final byte[] image;
  private final Map<Member, byte[]> contents = new EnumMap<>(Member.class);
  private final Map<Deed, Places> places = new EnumMap<>(Deed.class);

  private FaultImage() throws IOException {
    OverlayDevice device = new OverlayDevice(new byte[BYTES]);
    VolumeFormatter.poison(device, (done, total) -> {});
    VolumeFormatter.format(device, new VolumeOptions(BLOCK, JOURNAL_BLOCKS, 16));
    try (Volume volume =
        Volume.mount(
            device,
            Strategies.byName("iomap-endio"),
            Policies.byName("end-io"),
            MountOptions.withoutCommitThread())) {
      for (Member member : Member.values()) {
        DioFile file = volume.create();
        if (file.inodeNumber() != member.inode()) {
          throw new AssertionError(member + " got inode " + file.inodeNumber());
        }
        fill(volume, member, file);
      }
      requireContiguous(volume.open(Member.OTHER.inode()));
      Geometry geometry = geometry(device);
      for (Deed deed : Deed.values()) {
        places.put(deed, findPlaces(geometry, volume, deed));
      }
    }
    image = device.contents();
  }

  private static Geometry geometry(OverlayDevice device) throws IOException {
    byte[] superblock = new byte[BLOCK];
    device.read(MemorySegment.ofArray(superblock), 0, 0, BLOCK);
    return Superblock.geometry(superblock);
  }

  private static Places findPlaces(Geometry geometry, Volume volume, Deed deed) throws IOException {
    DioFile file = volume.open(deed.file().inode());
    return new Places(
        geometry,
        placeOf(file, deed.offset()),
        deed.bytes(),
        placeOf(file, (file.size() - 1) / BLOCK * BLOCK),
        placeOf(volume.open(Member.OTHER.inode()), 0),
        OTHER_BYTES);
  }

  private static void requireContiguous(DioFile file) throws IOException {
    for (int offset = 0; offset < OTHER_BYTES; offset += BLOCK) {
      if (placeOf(file, offset) != placeOf(file, 0) + offset) {
        throw new AssertionError("the blocks of a file lie apart");
      }
    }
  }

  private static long placeOf(DioFile file, long offset) throws IOException {
    Mapping mapping = new Mapping();
    file.map(offset, 1, mapping);
    return mapping.state() == ExtentState.HOLE ? -1 : mapping.physical() * BLOCK + offset % BLOCK;
  }

  /** Makes the image. */
  static FaultImage make() {
    try {
      return new FaultImage();
    } catch (IOException e) {
      throw new AssertionError("an image in memory", e);
    }
  }

  private void fill(Volume volume, Member member, DioFile file) throws IOException {
    switch (member) {
      case PLAIN -> {
        write(volume, member, file, 0, 16);
        file.fallocate(16 * BLOCK, 64 * BLOCK, false);
        file.truncate(96 * BLOCK);
      }
      case ROOT_FULL -> {
        file.fallocate(0, 8 * BLOCK, false);
        for (int block = 9; block < 15; block += 2) {
          write(volume, member, file, block, 1);
        }
      }
      case DEEP -> {
        file.fallocate(0, 4 * BLOCK, false);
        for (int block = 5; block < 21; block += 2) {
          write(volume, member, file, block, 1);
        }
      }
      case PART -> {
        write(volume, member, file, 0, 6);
        file.truncate(5 * BLOCK + 700);
      }
      case UNWRITTEN -> file.fallocate(0, 4 * BLOCK, false);
      case OTHER -> {
        write(volume, member, file, 0, 8);
        file.fallocate(8 * BLOCK, 4 * BLOCK, false);
      }
      case SABOTEUR, HOG -> {}
    }
    byte[] known = contents.getOrDefault(member, new byte[0]);
    contents.put(member, Arrays.copyOf(known, (int) file.size()));
  }

  private void write(Volume volume, Member member, DioFile file, int block, int blocks)
      throws IOException {
    byte[] data = data(OLD, (long) block * BLOCK, blocks * BLOCK);
    MemorySegment buffer = volume.allocateBuffer(data.length);
    MemorySegment.copy(data, 0, buffer, ValueLayout.JAVA_BYTE, 0, data.length);
    file.write(new DioRequest(buffer).prepare(0, (long) block * BLOCK, data.length, false));
    byte[] known = contents.getOrDefault(member, new byte[0]);
    byte[] longer = Arrays.copyOf(known, Math.max(known.length, block * BLOCK + data.length));
    System.arraycopy(data, 0, longer, block * BLOCK, data.length);
    contents.put(member, longer);
  }

  /**
   * Bytes for the place {@code offset} of a file: neither zeros nor poison, others in each sector,
   * and at the same place others for each seed below 90.
   */
  static byte[] data(int seed, long offset, int bytes) {
    byte[] data = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      long place = offset + i;
      data[i] = (byte) (1 + (31L * seed + place % 61 + place / 512) % 90);
    }
    return data;
  }

  /** A device that holds the image. */
  OverlayDevice device() {
    return new OverlayDevice(image);
  }

  /** Where the things are that a fault of {@code deed} aims at. */
  Places places(Deed deed) {
    Places its = places.get(deed);
    if (its == null) {
      throw new AssertionError("no places of " + deed);
    }
    return its;
  }

  /** What {@code member} holds. */
  byte[] contentsOf(Member member) {
    byte[] known = contents.get(member);
    if (known == null) {
      throw new AssertionError("no contents of " + member);
    }
    return known.clone();
  }
}
