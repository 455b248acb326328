package dev.diolab.benchmarks.verify.fsx;

import dev.diolab.engine.extent.NoSpaceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One run over one file: threads that do operations and judge what they read, and barriers between
 * rounds at which the whole file is compared. It ends at the first difference. At the end the
 * volume is unmounted, checked, mounted again, and the file compared once more.
 *
 * <p>Thread safety: none; an object is one run.
 */
final class Exerciser {
  /** The whole file is compared in pieces of it. */
  private static final int PIECE_BYTES = 1 << 16;

  private static final int PAGE_BYTES = 4096;
  private static final int OPS_OF_ROUND_ALONE = 20_000;
  private static final int OPS_OF_ROUND_OF_A_THREAD = 400;

  private final Settings settings;
  private final Subject subject;
  private final Oracle oracle;
  private final OpLog log = new OpLog();
  private final Contents contents;
  private final LongConsumer progress;
  private final long patienceMillis;
  private final byte[] whole;
  private final AtomicReference<@Nullable Difference> difference = new AtomicReference<>();

  private Exerciser(Settings settings, long seed, Subject.Factory factory, Patience patience)
      throws IOException {
    this.settings = settings;
    this.contents = new Contents(seed, Math.max(settings.longestOp(), PIECE_BYTES));
    this.oracle = new Oracle(contents, log, settings.longestFile());
    this.progress = patience.progress;
    this.patienceMillis = patience.millis;
    this.whole = new byte[settings.longestFile()];
    this.subject = factory.create(contents, settings);
  }

  /**
   * Who waits for a run, and how long without any progress until it is called hung.
   *
   * @param millis after which operations that do not end never will
   * @param progress is told now and then how many operations were begun
   */
  record Patience(long millis, LongConsumer progress) {
    /** Waits a minute and tells nobody. */
    static Patience silent() {
      return new Patience(60_000, operations -> {});
    }
  }

  /** Bytes of a session's buffer. */
  static int bufferBytes(Settings settings) {
    return Math.max(settings.longestOp() + Settings.DIRECT_ALIGNMENT, PIECE_BYTES);
  }

  /** Does random operations. */
  static Outcome run(Settings settings, long seed, Subject.Factory factory, Patience patience)
      throws IOException {
    int ops =
        settings.isInOrder() ? OPS_OF_ROUND_ALONE : settings.threads() * OPS_OF_ROUND_OF_A_THREAD;
    int opsOfRound = settings.checksEachTime() && settings.threads() > 1 ? settings.threads() : ops;
    return new Exerciser(settings, seed, factory, patience)
        .run(Rounds.generated(settings, seed, opsOfRound));
  }

  /** Does the operations of a log again. */
  static Outcome replay(
      Settings settings, long seed, List<Op> ops, Subject.Factory factory, Patience patience)
      throws IOException {
    return new Exerciser(settings, seed, factory, patience)
        .run(Rounds.replayed(ops, settings.threads()));
  }

  private Outcome run(Rounds rounds) throws IOException {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            settings.threads(), Thread.ofPlatform().daemon().name("diolab-fsx-", 0).factory());
    long begin = System.nanoTime();
    boolean hung = false;
    try {
      List<Worker> workers = new ArrayList<>();
      for (int i = 0; i < settings.threads(); i++) {
        workers.add(new Worker(i, subject.session()));
      }
      Rounds.Round round = rounds.next();
      while (round != null && difference.get() == null && !hung) {
        hung = !play(round, workers, threads);
        if (!hung && difference.get() == null) {
          barrier(workers.get(0));
        }
        progress.accept(log.size());
        round = rounds.next();
      }
    } finally {
      threads.shutdownNow();
    }
    long nanos = System.nanoTime() - begin;
    if (!hung) {
      finish();
    }
    List<Op> ops = log.ops();
    long barriers = ops.stream().filter(op -> op.kind() == OpKind.BARRIER).count();
    return new Outcome(ops.size() - barriers, nanos, difference.get(), ops);
  }

  /** Whether all threads came to the end of the round. */
  private boolean play(Rounds.Round round, List<Worker> workers, ExecutorService threads) {
    List<Future<?>> running = new ArrayList<>();
    workers.forEach(worker -> running.add(threads.submit(() -> worker.play(round))));
    for (Future<?> each : running) {
      if (!ends(each)) {
        fail(
            0,
            "HANGS: these do not return:\n  "
                + String.join("\n  ", workers.stream().map(Worker::current).toList()));
        return false;
      }
    }
    return true;
  }

  private boolean ends(Future<?> worker) {
    int before = -1;
    while (before != log.size()) {
      before = log.size();
      try {
        worker.get(patienceMillis, TimeUnit.MILLISECONDS);
        return true;
      } catch (TimeoutException e) {
        progress.accept(log.size());
      } catch (ExecutionException e) {
        throw new AssertionError("a worker catches all", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return false;
  }

  /** Nobody else is at work: what is in doubt is written anew, and the whole file is compared. */
  private void barrier(Worker worker) {
    // as the file has it: the oracle may only know that it is not shorter than some other size
    int size = (int) Math.min(worker.session.size(), settings.longestFile());
    for (Op range : oracle.unsure()) {
      int from = range.offset() / PAGE_BYTES * PAGE_BYTES;
      int end = Math.min(Math.ceilDiv(range.end(), PAGE_BYTES) * PAGE_BYTES, size);
      for (int at = from; at < end; at += settings.longestOp()) {
        worker.play(Op.of(OpKind.WRITE, at, Math.min(settings.longestOp(), end - at)));
      }
      worker.play(Op.of(OpKind.FSYNC, 0, 0));
    }
    log.add(Op.of(OpKind.BARRIER, 0, 0));
    compareAll(worker.session, settings.access() != Access.BUFFERED);
    if (settings.access() == Access.MIXED) {
      compareAll(worker.session, false);
    }
  }

  private void compareAll(Session session, boolean direct) {
    try {
      long size = session.size();
      String wrong = oracle.wrongSize(size);
      if (wrong != null) {
        fail(log.size(), wrong);
      }
      for (int at = 0; at < size && difference.get() == null; at += PIECE_BYTES) {
        Op piece = Op.of(OpKind.READ, at, PIECE_BYTES);
        int count = session.perform(direct ? piece.asDirect() : piece, 0);
        fail(oracle.check(piece, session.data(), count));
        if (difference.get() == null) {
          System.arraycopy(session.data(), 0, whole, at, count);
        }
      }
      if (difference.get() == null) {
        oracle.settleAt(whole, (int) size);
      }
    } catch (IOException | RuntimeException | AssertionError e) {
      fail(log.size(), "comparing the whole file threw " + described(e));
    }
  }

  private void finish() throws IOException {
    if (difference.get() == null) {
      try {
        String found = subject.remount();
        if (found != null) {
          fail(0, found);
        } else {
          compareAll(subject.session(), settings.access() != Access.BUFFERED);
        }
      } catch (IOException | RuntimeException | AssertionError e) {
        fail(0, "unmount and mount threw " + described(e));
      }
    }
    if (difference.get() == null) {
      subject.close();
    }
  }

  private void fail(@Nullable Difference found) {
    if (found != null) {
      difference.compareAndSet(null, found);
    }
  }

  private void fail(long number, String message) {
    fail(new Difference(number, message));
  }

  private static String described(Throwable e) {
    StringBuilder text = new StringBuilder(e.toString());
    StackTraceElement[] trace = e.getStackTrace();
    for (int i = 0; i < Math.min(5, trace.length); i++) {
      text.append("\n    at ").append(trace[i]);
    }
    return text.toString();
  }

  /** What one thread does. */
  private final class Worker {
    private final int thread;
    private final Session session;
    private volatile @Nullable Call current;

    Worker(int thread, Session session) {
      this.thread = thread;
      this.session = session;
    }

    String current() {
      Call call = current;
      return call == null ? "(thread " + thread + " is done)" : call.toString();
    }

    void play(Rounds.Round round) {
      Op op = round.next(thread, oracle);
      while (op != null && difference.get() == null) {
        if (settings.depth() > 1 && isTransfer(op)) {
          submit(op);
        } else {
          play(op);
        }
        if (settings.checksEachTime() && settings.threads() == 1) {
          await();
          compareAll(session, settings.access() != Access.BUFFERED);
        }
        op = difference.get() == null ? round.next(thread, oracle) : null;
      }
      await();
      current = null;
    }

    private static boolean isTransfer(Op op) {
      return op.direct() && (op.kind() == OpKind.READ || op.kind() == OpKind.WRITE);
    }

    void play(Op asked) {
      Op op = asked.kind().isMapped() ? mapped(asked) : asked;
      if (op == null) {
        return;
      }
      Call call = oracle.begin(op);
      current = call;
      try {
        end(call, session.data(), session.perform(op, call.place()));
      } catch (IOException | RuntimeException | Error e) {
        failed(call, e);
      }
      current = null;
    }

    private void submit(Op op) {
      Call call = oracle.begin(op);
      current = call;
      try {
        session.submit(
            op,
            call.place(),
            (data, count, failure) -> {
              if (failure == null) {
                end(call, data, count);
              } else {
                failed(call, failure);
              }
            });
      } catch (IOException | RuntimeException | Error e) {
        failed(call, e);
      }
    }

    private void await() {
      try {
        session.await();
      } catch (IOException | RuntimeException | Error e) {
        fail(log.size(), "waiting for requests threw " + described(e));
      }
    }

    private void end(Call call, byte[] data, int count) {
      Op op = call.op();
      if (op.kind() == OpKind.READ || op.kind() == OpKind.MAP_READ) {
        fail(oracle.endRead(call, data, count, op.kind() == OpKind.READ));
      } else {
        oracle.end(call);
        if (op.kind() == OpKind.WRITE && count != op.length()) {
          fail(call.number(), "SHORT WRITE: " + call + " returned " + count);
        }
      }
    }

    private void failed(Call call, Throwable e) {
      if (e instanceof IOException
          && call.op().kind().isMapped()
          && !(e instanceof NoSpaceException)
          && oracle.maySignal(call)) {
        oracle.end(call);
      } else {
        fail(call.number(), call + " threw " + described(e));
      }
    }

    /** A mapping is used as far as the file goes; null when it does not go there. */
    private @Nullable Op mapped(Op op) {
      int end = Math.min(op.end(), oracle.leastSize());
      return end <= op.offset()
          ? null
          : Op.of(op.kind(), op.offset(), end - op.offset()).by(op.thread());
    }
  }
}
