package dev.diolab.benchmarks.crosscheck;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * How often each of many numbered requests was completed.
 *
 * <p>Thread safety: all methods may be called at once; the sums count what was completed before.
 */
final class CompletionLedger {
  private static final VarHandle BYTES = MethodHandles.arrayElementVarHandle(byte[].class);

  /** Completions of each request, up to 127. */
  private final byte[] completions;

  /** A ledger of {@code requests} requests, none complete. */
  CompletionLedger(int requests) {
    completions = new byte[requests];
  }

  /** Request {@code number} is complete. */
  void complete(int number) {
    BYTES.getAndAdd(completions, number, (byte) 1);
  }

  /** Requests among the first {@code submitted} that are not complete. */
  int lost(int submitted) {
    int lost = 0;
    for (int i = 0; i < submitted; i++) {
      lost += (byte) BYTES.getAcquire(completions, i) == 0 ? 1 : 0;
    }
    return lost;
  }

  /** Requests that were completed more than once. */
  int repeated() {
    int repeated = 0;
    for (int i = 0; i < completions.length; i++) {
      repeated += (byte) BYTES.getAcquire(completions, i) > 1 ? 1 : 0;
    }
    return repeated;
  }
}
