package dev.diolab.benchmarks.verify.faults;

import dev.diolab.benchmarks.verify.faults.Deed.Way;
import dev.diolab.benchmarks.verify.faults.FaultImage.Member;
import dev.diolab.benchmarks.verify.faults.FaultPoint.Ends;
import dev.diolab.benchmarks.verify.sweep.Target;
import dev.diolab.engine.device.Fault;
import dev.diolab.engine.file.AioContext;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One fault met by one request, and what comes after it. The rules that are checked:
 *
 * <ol>
 *   <li>The request reports what went wrong, once, or it did all it was asked, and then its bytes
 *       are there; so does the fsync after it. Other requests in flight succeed.
 *   <li>A crash at that moment leaves a sound image, in which every sector is as it was or as it
 *       was written, and what was acknowledged as durable is there.
 *   <li>After the fault is over the volume goes on, and the same request succeeds; or, where the
 *       journal failed, the volume refuses every change, tells why, and can be read.
 *   <li>After the unmount the image is sound and holds the same.
 * </ol>
 *
 * <p>Thread safety: none; for one use.
 */
final class FaultTrial {
  /** Seed of what is written. */
  private static final int NEW = 2;

  private final FaultImage image;
  private final Target target;
  private final FaultPoint point;
  private final Deed deed;
  private final Mode mode;
  private final Judge judge;
  private final Expected file;
  private final Expected other;

  /** Where the next request begins. */
  private int offset;

  FaultTrial(FaultImage image, Target target, FaultPoint point, Mode mode) {
    this.image = image;
    this.target = target;
    this.point = point;
    this.deed = point.deed();
    this.mode = mode;
    this.judge = new Judge(image, target, deed.file());
    this.file = new Expected(image.contentsOf(deed.file()));
    this.other = new Expected(image.contentsOf(Member.OTHER));
    this.offset = deed.offset();
  }

  Outcome run() throws IOException {
    World world = new World(image.device(), target);
    if (point.fillsVolume()) {
      world.fillVolume();
    }
    dirty(world);
    inject(world);
    Attempt attempt = Attempt.DONE;
    Attempt fsync = Attempt.DONE;
    for (int i = 0; i < deed.times() && !isOver(world, attempt, fsync); i++) {
      offset = deed.offset() + i * deed.bytes();
      attempt = attempt(world);
      fsync = mode.isDsync() || attempt.failed() ? Attempt.DONE : fsync(world);
      settle(attempt, fsync);
    }
    judge.requireTold(attempt, point, "the request");
    judge.requireTold(fsync, point, "the fsync after it");
    judge.crash(world.log(), file, other);
    Attempt unmount = afterwards(world, attempt, fsync);
    return new Outcome(text(world, attempt, fsync, unmount), judge.broken());
  }

  private void dirty(World world) throws IOException {
    if (deed.way() == Way.OVER_DIRTY) {
      byte[] data = FaultImage.data(NEW, offset, deed.bytes());
      world.open(deed.file()).writeBuffered(world.request(offset, data, false));
    }
  }

  /** A write whose own commit was the last one that the journal made is durable all the same. */
  private static boolean isOver(World world, Attempt attempt, Attempt fsync) {
    return attempt.failed() || fsync.failed() || world.volume().isReadOnly();
  }

  private void inject(World world) {
    Places places = image.places(deed);
    Fault fault = point.fault(places);
    if (fault == null || point.isOfUnmount()) {
      return;
    }
    if (point.needsSaboteur()) {
      world
          .writes()
          .interrupt(
              call -> places.isAt(Spot.DATA, call),
              () -> {
                world.faults().inject(fault);
                world.sabotage();
              });
    } else {
      world.faults().inject(fault);
    }
  }

  private Attempt attempt(World world) throws IOException {
    DioFile on = world.open(deed.file());
    byte[] data = FaultImage.data(NEW, offset, deed.bytes());
    DioRequest request = world.request(offset, data, mode.isDsync());
    if (deed.way() != Way.READ) {
      file.write(offset, data);
    }
    return mode.isAsync() ? attemptAmongOthers(world, on, request) : attempt(on, request);
  }

  private Attempt attempt(DioFile on, DioRequest request) {
    return Attempt.of(
        () ->
            judge.requireBytes(
                deed.bytes(),
                switch (deed.way()) {
                  case READ -> on.read(request);
                  case DIRECT, OVER_DIRTY -> on.write(request);
                  case CACHED -> on.writeBuffered(request);
                }));
  }

  private Attempt attemptAmongOthers(World world, DioFile on, DioRequest request)
      throws IOException {
    Bystanders others = new Bystanders(world, other);
    List<DioRequest> submitted = new ArrayList<>(others.requests());
    submitted.add(request);
    try (AioContext context = world.openContext()) {
      others.write(context);
      if (deed.way() == Way.READ) {
        context.read(on, request);
      } else {
        context.write(on, request);
      }
      others.read(context);
      List<DioRequest> completed = new ArrayList<>();
      for (int i = 0; i < submitted.size(); i++) {
        completed.add(context.take());
      }
      judge.requireEachOnce(submitted, completed, context.inFlight());
    }
    others.judge(judge, point);
    return Attempt.of(() -> judge.requireBytes(deed.bytes(), request.result()));
  }

  private Attempt fsync(World world) {
    return Attempt.of(() -> world.open(deed.file()).fsync());
  }

  /** What the reports of the request and of the fsync after it promise. */
  private void settle(Attempt attempt, Attempt fsync) {
    if (deed.way() == Way.READ) {
      return;
    }
    if (attempt.failed() || fsync.failed()) {
      file.doubt(offset, deed.bytes());
    } else {
      file.sync();
    }
  }

  /** Ends the fault, goes on as far as the volume does, and unmounts; what that reported. */
  private Attempt afterwards(World world, Attempt attempt, Attempt fsync) throws IOException {
    boolean failed = attempt.failed() || fsync.failed();
    boolean wasMet = wasMet(world, failed);
    boolean readOnly = world.volume().isReadOnly();
    boolean isDue = wasMet && point.ends() == Ends.READ_ONLY;
    judge.require(
        readOnly == isDue,
        () -> readOnly ? "the volume turned read-only" : "the volume did not turn read-only");
    world.faults().heal();
    if (point.fillsVolume()) {
      world.makeRoom();
    }
    judge.contents(world, file, other, "when the fault is over");
    if (attempt.failed() && !readOnly && world.volume().counters().fallbacks() == 0) {
      judge.requireSize(world.open(deed.file()), image.contentsOf(deed.file()).length);
    }
    if (readOnly) {
      judge.refusals(world, world.request(offset, new byte[deed.bytes()], mode.isDsync()));
    } else {
      goOn(world, failed);
    }
    if (point.isOfUnmount()) {
      world.faults().inject(Objects.requireNonNull(point.fault(image.places(deed))));
    }
    Attempt unmount = Attempt.of(world.volume()::close);
    boolean fails = readOnly || (point.isOfUnmount() && world.faults().failures() > 0);
    judge.require(
        unmount.failed() == fails && (!fails || unmount.isReadOnly()),
        () -> "the unmount reports " + unmount.label());
    judge.crash(world.log(), file, other);
    return unmount;
  }

  private void goOn(World world, boolean failed) throws IOException {
    if (failed && mode.isAsync()) {
      growOver(world);
    }
    if (failed) {
      Attempt again = attempt(world);
      judge.require(!again.failed(), () -> "the same request once more reports " + again.label());
    }
    Attempt fsync = fsync(world);
    judge.require(!fsync.failed(), () -> "the next fsync reports " + fsync.label());
    world.open(Member.OTHER).fsync();
    file.trust();
    file.sync();
    other.trust();
    other.sync();
    judge.contents(world, file, other, "after the next fsync");
  }

  /**
   * Moves i_size over what a failed append may have left behind it, which would show then. Only in
   * some modes: in the others the append itself is tried again.
   */
  private void growOver(World world) throws IOException {
    DioFile on = world.open(deed.file());
    long end = (long) offset + deed.bytes();
    if (on.size() < end) {
      on.truncate(end);
      judge.contents(world, file, other, "when the file has grown over the failed append");
    }
  }

  private boolean wasMet(World world, boolean failed) {
    return failed || world.faults().failures() > 0;
  }

  private String text(World world, Attempt attempt, Attempt fsync, Attempt unmount) {
    if (!wasMet(world, attempt.failed() || fsync.failed())) {
      return Outcome.NOT_MET;
    }
    String told = attempt.label();
    if (fsync.failed()) {
      told = "fsync " + fsync.label();
    }
    if (point.isOfUnmount()) {
      told = "unmount " + unmount.label();
    }
    boolean readOnly = world.volume().isReadOnly();
    return told + ", " + (readOnly ? "read-only" : "intact");
  }
}
