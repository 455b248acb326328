package dev.diolab.benchmarks.verify.corruption;

import dev.diolab.benchmarks.verify.corruption.Damage.Kind;
import dev.diolab.engine.format.BitmapBlock;
import dev.diolab.engine.format.Bytes;
import dev.diolab.engine.format.ExtentNode;
import dev.diolab.engine.format.InodeRecord;
import dev.diolab.engine.format.JournalHeader;
import dev.diolab.engine.format.Superblock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Chooses damages: every structure of an image as often as any other, and every kind.
 *
 * <p>Thread safety: none.
 */
final class DamageMaker {
  private static final int SECTOR = 512;
  private static final Kind[] KINDS = Kind.values();

  /** Where most fields that matter are. */
  private static final int HEAD_BYTES = 128;

  private static final long[] FORGED_VALUES = {
    0, 1, 2, 3, 5, 7, 0x7F, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFF_FFFFL, 0xFFFF_FFFFL, -1
  };

  private final SoundImage image;
  private final Random random;
  private final List<Structure> structures;

  DamageMaker(SoundImage image, Random random) {
    this.image = image;
    this.random = random;
    this.structures = List.copyOf(image.places().keySet());
  }

  /** A damage that changes at least one byte. */
  Damage next() {
    while (true) {
      Place place = anyPlace();
      Kind kind = KINDS[random.nextInt(KINDS.length)];
      if (isPossible(kind, place)) {
        Damage damage = damage(kind, place);
        if (!damage.changed(image).isEmpty()) {
          return damage;
        }
      }
    }
  }

  private boolean isPossible(Kind kind, Place place) {
    return switch (kind) {
      case OLD_VERSION -> image.versions().containsKey(place.block());
      case FORGED -> isForgeable(place.structure());
      default -> true;
    };
  }

  private Place anyPlace() {
    List<Place> places = image.places().get(structures.get(random.nextInt(structures.size())));
    if (places == null) {
      throw new AssertionError("a structure without a place");
    }
    return places.get(random.nextInt(places.size()));
  }

  private Damage damage(Kind kind, Place place) {
    if (kind == Kind.SWAPPED) {
      return swapped(place);
    }
    byte[] block = image.block(place.block());
    String detail = change(kind, place, block);
    return new Damage(kind, Map.of(place, block), detail);
  }

  private Damage swapped(Place place) {
    Place other = anyPlace();
    Map<Place, byte[]> contents = new LinkedHashMap<>();
    contents.put(place, image.block(other.block()));
    contents.put(other, image.block(place.block()));
    return new Damage(Kind.SWAPPED, contents, "both");
  }

  /** Changes {@code block} and says how. */
  private String change(Kind kind, Place place, byte[] block) {
    int sector = random.nextInt(block.length / SECTOR) * SECTOR;
    return switch (kind) {
      case BIT_FLIP -> {
        int bit = random.nextInt(block.length * Byte.SIZE);
        block[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        yield "bit " + bit;
      }
      case ZEROED_BLOCK -> {
        Arrays.fill(block, (byte) 0);
        yield "all";
      }
      case ZEROED_SECTOR -> {
        Arrays.fill(block, sector, sector + SECTOR, (byte) 0);
        yield "at " + sector;
      }
      case GARBAGE_SECTOR -> {
        byte[] garbage = new byte[SECTOR];
        random.nextBytes(garbage);
        System.arraycopy(garbage, 0, block, sector, SECTOR);
        yield "at " + sector;
      }
      case RANDOM_BYTES -> {
        int count = 1 + random.nextInt(16);
        int at = random.nextInt(block.length - count);
        byte[] garbage = new byte[count];
        random.nextBytes(garbage);
        System.arraycopy(garbage, 0, block, at, count);
        yield count + " at " + at;
      }
      case OLD_VERSION -> restore(place, block);
      case FORGED -> forge(place, block);
      case SWAPPED -> throw new AssertionError("two blocks are swapped, not one changed");
    };
  }

  private String restore(Place place, byte[] block) {
    List<byte[]> versions = image.versions().getOrDefault(place.block(), List.of());
    int version = random.nextInt(versions.size());
    System.arraycopy(versions.get(version), 0, block, 0, block.length);
    return (versions.size() - version) + " writes ago";
  }

  private static boolean isForgeable(Structure structure) {
    return structure != Structure.LOG_COPY && structure != Structure.LOG_REST;
  }

  private String forge(Place place, byte[] block) {
    int range = place.structure() == Structure.SUPERBLOCK ? 40 : block.length - 16;
    if (place.structure() != Structure.BITMAP && random.nextInt(4) > 0) {
      range = Math.min(range, HEAD_BYTES);
    }
    int width = 1 << random.nextInt(4);
    int at = random.nextInt(range / width) * width;
    if (place.structure() == Structure.INODE_TABLE) {
      at = random.nextInt(block.length / InodeRecord.BYTES) * InodeRecord.BYTES + at % HEAD_BYTES;
    }
    long value =
        random.nextInt(3) == 0
            ? random.nextLong()
            : FORGED_VALUES[random.nextInt(FORGED_VALUES.length)];
    put(block, at, width, value);
    seal(place, block);
    return width + " bytes at " + at + " set to " + Long.toHexString(value);
  }

  private static void put(byte[] block, int at, int width, long value) {
    switch (width) {
      case 1 -> block[at] = (byte) value;
      case 2 -> Bytes.putU16(block, at, (int) value);
      case 4 -> Bytes.putInt(block, at, (int) value);
      default -> Bytes.putLong(block, at, value);
    }
  }

  private static void seal(Place place, byte[] block) {
    switch (place.structure()) {
      case SUPERBLOCK -> Superblock.SEAL.seal(block, place.block());
      case INODE_TABLE -> InodeRecord.SEAL.seal(block, place.block());
      case BITMAP -> BitmapBlock.SEAL.seal(block, place.block());
      case EXTENT_NODE -> ExtentNode.SEAL.seal(block, place.block());
      default ->
          JournalHeader.seal(
              block,
              JournalHeader.type(block),
              JournalHeader.tid(block),
              JournalHeader.count(block));
    }
  }
}
