package dev.diolab.strategies;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Opens volumes for the tests of a contract and closes them after each. */
abstract class ContractTest {
  private final List<Bench> opened = new ArrayList<>();

  /** A fresh poisoned volume. */
  final Bench open(Setup setup) throws IOException {
    Bench bench = Bench.of(setup);
    opened.add(bench);
    return bench;
  }

  @AfterEach
  void closeVolumes() throws IOException {
    for (Bench bench : opened) {
      bench.close();
    }
    opened.clear();
  }
}
