package dev.diolab.benchmarks.verify.corruption;

import dev.diolab.benchmarks.verify.corruption.Outcome.Reason;
import dev.diolab.benchmarks.verify.corruption.Outcome.Verdict;
import dev.diolab.engine.check.CheckReport;
import dev.diolab.engine.check.Checker;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import dev.diolab.engine.file.Volume;
import dev.diolab.engine.format.CorruptImageException;
import dev.diolab.engine.format.Poison;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One damaged image: checked, mounted, read, used, unmounted and checked again.
 *
 * <p>Thread safety: none; {@link #step} may be asked by any thread.
 */
final class Trial {
  private static final int REQUEST_BYTES = 256 << 10;
  private static final int SECTOR = 512;

  private final SoundImage image;
  private final Damage damage;
  private final Expectation expectation;
  private final ScratchDevice device;
  private volatile String step = "damage";

  /** The first damage that a use of the mounted image met. */
  private @Nullable CorruptImageException met;

  private boolean poisonRead;

  Trial(SoundImage image, Damage damage, ScratchDevice device) {
    this.image = image;
    this.damage = damage;
    this.expectation = new Expectation(image, damage);
    this.device = device;
  }

  /** What is being done. */
  String step() {
    return step;
  }

  Outcome run() {
    device.reset();
    damage.applyTo(device, image.geometry().blockSize());
    step = "check";
    CheckReport before = Checker.check(device);
    String failure = failureOf(before);
    boolean mounted = false;
    if (failure == null) {
      step = "mount";
      try (Volume volume = Mounts.mount(device)) {
        mounted = true;
        failure = use(volume, before);
        step = "unmount";
      } catch (IOException e) {
        failure = mounted ? failure : failureOfRefusal(before, e);
      }
    }
    if (failure == null && mounted) {
      step = "check after use";
      failure = failureAfterUse(before, Checker.check(device));
    }
    if (failure == null && device.isExhausted()) {
      failure = "did not end within " + ScratchDevice.MOST_TRANSFERS + " transfers";
    }
    return failure == null ? verdict(before, mounted) : Outcome.failed(failure);
  }

  private Outcome verdict(CheckReport before, boolean mounted) {
    if (!before.isClean()) {
      return Outcome.of(mounted ? Verdict.NAMED : Verdict.REFUSED);
    }
    Reason reason = expectation.reasonForCleanBill();
    return reason == null
        ? Outcome.failed("silently accepted: check is clean, and mount took the image")
        : Outcome.cleanBill(reason);
  }

  private @Nullable String failureOf(CheckReport before) {
    if (before.isClean() || expectation.isNamedIn(before)) {
      return null;
    }
    return "check finds something, but names none of the damaged places: " + before.findings();
  }

  private static @Nullable String failureOfRefusal(CheckReport before, IOException refusal) {
    return before.isClean() && !before.unjournalled()
        ? "check is clean, but mount refuses: " + refusal.getMessage()
        : null;
  }

  /** Whatever is wrong with what was recovered, otherwise what the uses of the files show. */
  private @Nullable String use(Volume volume, CheckReport before) {
    long recovered = volume.recovery().lastTid();
    if (recovered != before.lastTid()) {
      return "recovery replayed up to transaction "
          + recovered
          + ", but the check looked through "
          + before.lastTid();
    }
    long damaged = expectation.firstDamagedTid();
    if (recovered >= damaged) {
      return "recovery replayed transaction " + recovered + ", though " + damaged + " is damaged";
    }
    if (damaged < image.lastTid()) {
      return "committed transactions " + damaged + " to " + image.lastTid() + " are lost silently";
    }
    step = "read";
    List<DioFile> files = Mounts.files(volume, image.geometry());
    MemorySegment buffer = volume.allocateBuffer(REQUEST_BYTES);
    for (DioFile file : files) {
      tryTo(() -> readAll(file, buffer));
    }
    step = "change";
    for (DioFile file : files) {
      change(volume, file, buffer);
    }
    return null;
  }

  private void readAll(DioFile file, MemorySegment buffer) throws IOException {
    DioRequest request = new DioRequest(buffer);
    long end = Math.min(file.size(), 2 * device.sizeBytes());
    for (long at = 0; at < end; at += REQUEST_BYTES) {
      int bytes = file.read(request.prepare(0, at, REQUEST_BYTES, false));
      for (int i = 0; i < bytes; i += SECTOR) {
        poisonRead |= bytes - i >= Long.BYTES && Poison.isPoison(buffer, i);
      }
    }
  }

  /** Makes every part of the engine work with what the image says. */
  private void change(Volume volume, DioFile file, MemorySegment buffer) {
    int blockSize = volume.blockSize();
    DioRequest request = new DioRequest(buffer);
    buffer.fill((byte) 0x33);
    tryTo(() -> file.write(request.prepare(0, 0, 3 * blockSize, false)));
    tryTo(() -> file.write(request.prepare(0, 5L * blockSize, blockSize, true)));
    long size = file.size();
    tryTo(() -> file.fallocate(Math.max(0, size), 3L * blockSize, true));
    tryTo(
        () ->
            file.write(
                request.prepare(0, Math.max(0, size) / SECTOR * SECTOR, 2 * blockSize, false)));
    tryTo(() -> file.truncate(Math.max(0, size) / 2));
    tryTo(file::fsync);
    if (file.inodeNumber() % 2 == 0) {
      tryTo(() -> volume.unlink(file.inodeNumber()));
    }
  }

  /** A use of the image, which may fail with an exception of the world. */
  @FunctionalInterface
  private interface Use {
    void run() throws IOException;
  }

  private void tryTo(Use use) {
    try {
      use.run();
    } catch (CorruptImageException e) {
      met = met == null ? e : met;
    } catch (IOException e) {
      return; // a full volume, or one that turned read-only
    }
  }

  private @Nullable String failureAfterUse(CheckReport before, CheckReport after) {
    if (!before.isClean()) {
      return null;
    }
    if (met != null) {
      return "check is clean, but a file is not: " + met.getMessage();
    }
    if (poisonRead && damage.kind() != Damage.Kind.FORGED) {
      return "check is clean, but a file shows poison";
    }
    return after.isClean()
        ? null
        : "check is clean before the image is used, and not after it: " + after.findings();
  }
}
