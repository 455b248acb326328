package dev.diolab.benchmarks.verify.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.benchmarks.verify.mutant.Mutant;
import dev.diolab.benchmarks.verify.mutant.MutantCompiler;
import dev.diolab.benchmarks.verify.mutant.MutantLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The trials find errors that are swallowed, told too late, or mistaken for others. */
class FaultMutantsTest {
  private static final String FILE = "dev/diolab/engine/file/";
  private static final String CONVERSION = "conversion, in a worker too";
  private static final String FILL = "data, unwritten blocks";

  static Stream<Arguments> mutants() {
    return Stream.of(
        Arguments.of(
            mutant(
                "error of a conversion swallowed",
                FILE + "EndIo.java",
                """
                convertedIn =
                    conversion().convert(request.offset(), request.end(), coverTo, request.clock);
                """,
                """
                try {
                  convertedIn =
                      conversion().convert(request.offset(), request.end(), coverTo, request.clock);
                } catch (IOException e) {
                  convertedIn = 0;
                }
                """),
            CONVERSION,
            "end-io"),
        Arguments.of(
            mutant(
                "error of an asynchronous transfer dropped",
                FILE + "Flight.java",
                "if (transferFailure != null && failure == null) {",
                "if (transferFailure != null && failure != null) {"),
            FILL,
            "end-io"),
        Arguments.of(
            mutant(
                "write reports success although its data failed",
                FILE + "DirectWrite.java",
                "WriteTransfer.run(inode, request, fua);\n    } finally {",
                """
                try {
                  WriteTransfer.run(inode, request, fua);
                } catch (IOException e) {
                  fua = false;
                }
                } finally {
                """),
            FILL,
            "end-io"),
        Arguments.of(
            mutant(
                "late conversion that fails is forgotten",
                FILE + "PendingConversions.java",
                "waiting.addAll(taken);",
                ""),
            CONVERSION,
            "workqueue"),
        Arguments.of(
            mutant(
                "failed append keeps its blocks",
                FILE + "Extension.java",
                "inode.blocks().freeFrom(inode.blocksUpTo(inode.size()));",
                ""),
            "append",
            "end-io"),
        Arguments.of(
            mutant(
                "failed append moves i_size",
                FILE + "Extension.java",
                "inode.blocks().freeFrom(inode.blocksUpTo(inode.size()));",
                """
                try (Handle handle = volume.journal().start(1)) {
                  inode.growSize(handle, request.end());
                }
                """),
            "append",
            "end-io"),
        Arguments.of(
            mutant(
                "flush that fails is tried again",
                "dev/diolab/engine/journal/Journal.java",
                """
                state.abortBecauseOf(e);
                throw new JournalAbortedException(e);
                """,
                "return;"),
            "flush",
            "end-io"),
        Arguments.of(
            mutant(
                "zeros of a window not waited for",
                FILE + "ZeroAhead.java",
                "inode.volume().writeZeros(mapping.physical() * blockSize, bytes);",
                """
                try {
                  inode.volume().writeZeros(mapping.physical() * blockSize, bytes);
                } catch (IOException e) {
                  clock.lap(Phase.DEVICE);
                }
                """),
            "zeroing",
            "zero-ahead-16"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mutants")
  void theTrialsCatchTheMutant(Mutant mutant, String phase, String policy) throws Exception {
    assertThat(broken(List.of(MutantCompiler.compile(mutant)), phase, policy)).isNotEmpty();
  }

  @Test
  void theSameTrialsFindNothingWithoutAMutant() throws Exception {
    assertThat(broken(List.of(), CONVERSION, "workqueue")).isEmpty();
  }

  private static List<String> broken(List<Path> classes, String phase, String policy)
      throws Exception {
    try (MutantLoader loader = new MutantLoader(classes)) {
      return strings(
          loader
              .loadClass(FaultAttack.class.getName())
              .getMethod("broken", String.class, String.class, String.class)
              .invoke(null, phase, "iomap-endio", policy));
    }
  }

  @SuppressWarnings("unchecked") // what FaultAttack returns
  private static List<String> strings(Object returned) {
    return (List<String>) returned;
  }

  private static Mutant mutant(String name, String file, String original, String replacement) {
    return new Mutant(name, file, original, replacement, Set.of(), Mutant.Attack.CRASH);
  }
}
