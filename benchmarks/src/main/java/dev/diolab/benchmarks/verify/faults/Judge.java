package dev.diolab.benchmarks.verify.faults;

import dev.diolab.benchmarks.verify.faults.FaultImage.Member;
import dev.diolab.benchmarks.verify.record.OverlayDevice;
import dev.diolab.benchmarks.verify.sweep.Target;
import dev.diolab.engine.check.CheckReport;
import dev.diolab.engine.check.Checker;
import dev.diolab.engine.device.DeviceLog;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Holds what a trial sees against the rules, and keeps what is broken. */
final class Judge {
  private final FaultImage image;
  private final Target target;
  private final Member member;
  private final List<String> broken = new ArrayList<>();

  Judge(FaultImage image, Target target, Member member) {
    this.image = image;
    this.target = target;
    this.member = member;
  }

  List<String> broken() {
    return broken;
  }

  void require(boolean holds, Supplier<String> problem) {
    if (!holds) {
      broken.add(problem.get());
    }
  }

  private void requireNone(@Nullable String problem, String when) {
    if (problem != null) {
      broken.add(when + ": " + problem);
    }
  }

  /** A request that succeeds has done all of it: no short count is documented. */
  void requireBytes(int asked, int done) {
    require(asked == done, () -> "a request of " + asked + " bytes returned " + done);
  }

  void requireEachOnce(List<DioRequest> submitted, List<DioRequest> completed, int inFlight) {
    Set<DioRequest> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
    distinct.addAll(completed);
    require(
        distinct.containsAll(submitted) && distinct.size() == completed.size() && inFlight == 0,
        () -> "not every request completed once; " + inFlight + " are in flight");
  }

  /** A failure tells what the trial did, and nothing else. */
  void requireTold(Attempt attempt, FaultPoint point, String who) {
    require(!attempt.failed() || attempt.tellsOf(point), () -> who + " reports " + attempt.label());
  }

  /** A direct write that fails leaves i_size; one that fell back to the page cache has moved it. */
  void requireSize(DioFile file, long before) {
    require(
        file.size() == before,
        () -> "the request failed, but the size is " + file.size() + " and was " + before);
  }

  /** What a crash would leave, when it comes now. */
  void crash(DeviceLog log, Expected file, Expected other) {
    CrashImages.of(image, log).forEach((name, device) -> crash(device, name, file, other));
  }

  private void crash(OverlayDevice device, String when, Expected file, Expected other) {
    requireSound(device, when);
    Attempt mount =
        Attempt.of(
            () -> {
              World world = new World(device, target);
              requireNone(file.problemAfterCrash(world.read(world.open(member))), when);
              requireNone(other.problemAfterCrash(world.read(world.open(Member.OTHER))), when);
              world.volume().close();
            });
    require(!mount.failed(), () -> when + ": recovery reports " + mount.label());
    requireSound(device, when + ", recovered");
  }

  private void requireSound(OverlayDevice device, String when) {
    CheckReport report = Checker.check(device);
    require(report.isClean(), () -> when + ": check finds " + report.findings());
  }

  /** What the mounted volume shows. */
  void contents(World world, Expected file, Expected other, String when) throws IOException {
    requireNone(file.problemNow(world.read(world.open(member))), when);
    requireNone(other.problemNow(world.read(world.open(Member.OTHER))), when);
  }

  /** A read-only volume refuses changes and says why. */
  void refusals(World world, DioRequest write) throws IOException {
    DioFile on = world.open(member);
    requireRefused("a write", Attempt.of(() -> on.write(write)));
    requireRefused("an fsync", Attempt.of(on::fsync));
    requireRefused("a truncate", Attempt.of(() -> on.truncate(0)));
  }

  private void requireRefused(String what, Attempt attempt) {
    require(
        attempt.isReadOnly() && attempt.isTold(),
        () -> what + " on the read-only volume reports " + attempt.label());
  }
}
