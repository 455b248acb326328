package dev.diolab.benchmarks.verify.fsx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.benchmarks.verify.mutant.Mutant;
import dev.diolab.benchmarks.verify.mutant.MutantCompiler;
import dev.diolab.benchmarks.verify.mutant.MutantLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The exerciser finds mistakes of the engine, and nothing without them. */
class FsxMutantsTest {
  private static final String FILE = "dev/diolab/engine/file/";
  private static final String CACHE = "dev/diolab/engine/cache/";
  private static final int OPERATIONS = 30_000;
  private static final int SEEDS = 5;

  /** Mistakes that any sequence of operations shows. */
  static Stream<Mutant> mutants() {
    return Stream.of(
        mutant(
            "no write-out before a direct read",
            FILE + "DirectPages.java",
            "pages.writeAndWait(request.offset(), request.bytes());",
            ""),
        mutant(
            "old bytes behind the end not cleared",
            FILE + "LastBlock.java",
            """
            zero(inode.volume(), mapping.physical() * blockSize + size % blockSize,
                (int) (end - size));
            """,
            ""),
        mutant(
            "punch leaves cached pages",
            FILE + "RangeZeroing.java",
            "inode.pages().punchLocked(offset, end);",
            ""),
        mutant(
            "punch frees a block less",
            FILE + "RangeZeroing.java",
            "inode.blocks().punch(firstWhole, endWhole, clock);",
            "inode.blocks().punch(firstWhole, Math.max(firstWhole + 1, endWhole - 1), clock);"),
        mutant(
            "punch leaves the parts of blocks at its ends",
            FILE + "RangeZeroing.java",
            "zeroPartialBlocks(); inode",
            "inode"),
        mutant(
            "write-out skips the last page of a run",
            CACHE + "WriteOut.java",
            "io.write(index, run, staging.asSlice(0, (long) run * Page.SIZE), sectors);",
            """
            int some = Math.max(1, run - 1);
            io.write(index, some, staging.asSlice(0, (long) some * Page.SIZE), sectors);
            """),
        mutant(
            "write-out converts a block too many",
            FILE + "InodePages.java",
            "unwritten.add(logical * blockSize, Math.min(end, runEnd * blockSize));",
            "unwritten.add(logical * blockSize, (runEnd + 1) * blockSize);"),
        mutant(
            "part of a new block not padded",
            FILE + "WriteTransfer.java",
            "padPartialBlocks(inode, position, segments.deviceOffset(i), bytes);",
            ""));
  }

  /** Mistakes that only operations at the same time show. */
  static Stream<Mutant> mutantsOfRaces() {
    return Stream.of(
        mutant(
            "no invalidation after a direct write",
            FILE + "DirectPages.java",
            "if (request.bytes() > 0 && pages.hasPages()",
            "if (request.bytes() < 0 && pages.hasPages()"),
        mutant(
            "punch claims no pages",
            FILE + "RangeZeroing.java",
            "locks.acquire(claim, offset, end - offset);",
            ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mutants")
  void oneThreadFindsTheMutant(Mutant mutant) throws Exception {
    assertThat(find(MutantCompiler.compile(mutant), 1, 1)).isNotEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"mutants", "mutantsOfRaces"})
  void threadsFindTheMutant(Mutant mutant) throws Exception {
    assertThat(find(MutantCompiler.compile(mutant), 4, SEEDS)).isNotEmpty();
  }

  @Test
  void theSameLoaderFindsNothingWithoutAMutant() throws Exception {
    try (MutantLoader loader = new MutantLoader(List.of())) {
      assertThat(attack(loader, 1024, 1, 1)).isEmpty();
      assertThat(attack(loader, 1024, 4, 1)).isEmpty();
    }
  }

  private static String find(Path classes, int threads, int seeds)
      throws IOException, ReflectiveOperationException {
    try (MutantLoader loader = new MutantLoader(List.of(classes))) {
      for (int seed = 1; seed <= seeds; seed++) {
        for (int blockSize : List.of(1024, 4096)) {
          String found = attack(loader, blockSize, threads, seed);
          if (!found.isEmpty()) {
            return found;
          }
        }
      }
    }
    return "";
  }

  private static String attack(MutantLoader loader, int blockSize, int threads, long seed)
      throws ReflectiveOperationException {
    return (String)
        loader
            .loadClass(FsxAttack.class.getName())
            .getMethod("run", int.class, int.class, int.class, long.class)
            .invoke(null, blockSize, threads, OPERATIONS, seed);
  }

  private static Mutant mutant(String name, String file, String original, String replacement) {
    return new Mutant(name, file, original, replacement, Set.of(), Mutant.Attack.CRASH);
  }
}
