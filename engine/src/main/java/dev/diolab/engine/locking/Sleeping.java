package dev.diolab.engine.locking;

import java.util.ArrayList;
import java.util.List;

/**
 * Lets whoever has work in a thread's hands know that the thread is going to sleep. A thread that
 * submits asynchronous requests collects some before it hands them to the device, and looks after
 * completions itself; if it slept in a lock that one of those requests holds, nobody would ever
 * wake it. Linux does the same when it hands over the plugged requests of a task in schedule().
 *
 * <p>The primitives of this package do so. A strategy that waits by other means calls {@link
 * #begin} before and {@link #end} after.
 *
 * <p>Thread safety: each thread sees only its own watchers.
 */
public final class Sleeping {
  private static final ThreadLocal<List<Watcher>> WATCHERS =
      ThreadLocal.withInitial(ArrayList::new);

  /** Somebody with work in the hands of the thread that registered it. */
  public interface Watcher {
    /** The thread may sleep from now on; must not wait for a lock of a strategy. */
    void beforeSleep();

    /** The thread is awake again. */
    void afterSleep();
  }

  private Sleeping() {}

  /** Tells {@code watcher} from now on when the calling thread goes to sleep. */
  public static void add(Watcher watcher) {
    WATCHERS.get().add(watcher);
  }

  /** Tells {@code watcher} no more; called by the thread that added it. */
  public static void remove(Watcher watcher) {
    WATCHERS.get().remove(watcher);
  }

  /** The calling thread is about to wait for another one. */
  public static void begin() {
    List<Watcher> watchers = WATCHERS.get();
    for (int i = 0; i < watchers.size(); i++) {
      watchers.get(i).beforeSleep();
    }
  }

  /** The calling thread does not wait any more. */
  public static void end() {
    List<Watcher> watchers = WATCHERS.get();
    for (int i = 0; i < watchers.size(); i++) {
      watchers.get(i).afterSleep();
    }
  }
}
