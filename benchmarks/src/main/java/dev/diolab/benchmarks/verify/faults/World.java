package dev.diolab.benchmarks.verify.faults;

import dev.diolab.benchmarks.verify.faults.FaultImage.Member;
import dev.diolab.benchmarks.verify.record.OverlayDevice;
import dev.diolab.benchmarks.verify.sweep.Target;
import dev.diolab.engine.device.DeviceLog;
import dev.diolab.engine.device.FaultyDevice;
import dev.diolab.engine.device.RecordingDevice;
import dev.diolab.engine.extent.NoSpaceException;
import dev.diolab.engine.file.AioContext;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import dev.diolab.engine.file.MountOptions;
import dev.diolab.engine.file.Volume;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A mounted image on a device that can be told to fail, with short words for its use. */
final class World {
  private static final int ASYNC_DEPTH = 8;

  private final RecordingDevice recording;
  private final FaultyDevice faulty;
  private final InterruptedWriteDevice top;
  private final Volume volume;

  /** Mounts what is on {@code device}. */
  World(OverlayDevice device, Target target) throws IOException {
    recording = new RecordingDevice(device);
    faulty = new FaultyDevice(recording);
    top = new InterruptedWriteDevice(faulty);
    volume =
        Volume.mount(top, target.strategy(), target.policy(), MountOptions.withoutCommitThread());
  }

  Volume volume() {
    return volume;
  }

  FaultyDevice faults() {
    return faulty;
  }

  InterruptedWriteDevice writes() {
    return top;
  }

  DeviceLog log() {
    return recording.log();
  }

  DioFile open(Member member) throws IOException {
    return volume.open(member.inode());
  }

  /** Takes all free blocks. */
  void fillVolume() throws IOException {
    DioFile hog = open(Member.HOG);
    int blocks = 1024;
    while (blocks > 0) {
      try {
        hog.fallocate(hog.size(), (long) blocks * FaultImage.BLOCK, false);
      } catch (NoSpaceException e) {
        blocks /= 2;
      }
    }
    hog.fsync();
  }

  /** Gives them back. */
  void makeRoom() throws IOException {
    DioFile hog = open(Member.HOG);
    hog.truncate(0);
    hog.fsync();
  }

  /** Lets the journal fail: {@code fault} is met by the fsync of another file. */
  void sabotage() {
    Attempt.of(
        () -> {
          DioFile file = open(Member.SABOTEUR);
          file.fallocate(file.size(), FaultImage.BLOCK, false);
          file.fsync();
        });
  }

  /** A request that writes {@code data}. */
  DioRequest request(long offset, byte[] data, boolean dsync) {
    MemorySegment buffer = volume.allocateBuffer(data.length);
    MemorySegment.copy(data, 0, buffer, ValueLayout.JAVA_BYTE, 0, data.length);
    return new DioRequest(buffer).prepare(0, offset, data.length, dsync);
  }

  AioContext openContext() throws IOException {
    return volume.openContext(ASYNC_DEPTH);
  }

  /** What {@code file} holds, in direct reads. */
  byte[] read(DioFile file) throws IOException {
    int size = (int) file.size();
    int sector = top.offsetAlignment();
    int bytes = Math.ceilDiv(size, sector) * sector;
    MemorySegment buffer = volume.allocateBuffer(Math.max(sector, bytes));
    buffer.fill((byte) 0x77);
    if (bytes > 0) {
      int done = file.read(new DioRequest(buffer).prepare(0, 0, bytes, false));
      if (done != size) {
        throw new IOException("a read of " + size + " bytes returned " + done);
      }
    }
    return buffer.asSlice(0, size).toArray(ValueLayout.JAVA_BYTE);
  }
}
