package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.image.VolumeShape;
import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.device.FileDevice;
import dev.diolab.engine.device.MemoryDevice;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.Volume;
import dev.diolab.engine.file.VolumeFormatter;
import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.strategies.Policies;
import dev.diolab.strategies.Strategies;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The volume that a fork works on, mounted with the strategy and the policy under test.
 *
 * <p>Thread safety: none; the benchmark's set-up and tear-down run in one thread at a time.
 */
final class WorkVolume implements AutoCloseable {
  private final BlockDevice device;
  private final int blockBytes;
  private final DioStrategy strategy;
  private final ConversionPolicy policy;
  private Volume volume;

  private WorkVolume(
      BlockDevice device, int blockBytes, DioStrategy strategy, ConversionPolicy policy)
      throws IOException {
    this.device = device;
    this.blockBytes = blockBytes;
    this.strategy = strategy;
    this.policy = policy;
    this.volume = Volume.mount(device, strategy, policy);
  }

  /** Makes an empty volume on the device that the settings name and mounts it. */
  static WorkVolume format(ForkSettings settings, String strategy, String policy)
      throws IOException {
    return format(device(settings), settings.blockBytes(), strategy, policy);
  }

  /** Makes an empty volume on {@code device} and mounts it. */
  static WorkVolume format(BlockDevice device, int blockBytes, String strategy, String policy)
      throws IOException {
    VolumeFormatter.format(device, VolumeShape.options(device.sizeBytes(), blockBytes));
    return mount(device, blockBytes, strategy, policy);
  }

  /** Mounts the volume that the image holds. */
  static WorkVolume mount(ForkSettings settings, String strategy, String policy)
      throws IOException {
    return mount(device(settings), settings.blockBytes(), strategy, policy);
  }

  private static WorkVolume mount(
      BlockDevice device, int blockBytes, String strategy, String policy) throws IOException {
    return new WorkVolume(device, blockBytes, Strategies.byName(strategy), Policies.byName(policy));
  }

  private static BlockDevice device(ForkSettings settings) throws IOException {
    return settings.image() == null
        ? new MemoryDevice(VolumeShape.deviceBytes(settings.fileBytes()))
        : FileDevice.open(Path.of(settings.image()));
  }

  Volume volume() {
    return volume;
  }

  BlockDevice device() {
    return device;
  }

  int blockBytes() {
    return blockBytes;
  }

  /** Unmounts and mounts again, so that what is read next comes from the device. */
  DioFile reopen(DioFile file) throws IOException {
    int inode = file.inodeNumber();
    volume.close();
    volume = Volume.mount(device, strategy, policy);
    return volume.open(inode);
  }

  @Override
  public void close() throws IOException {
    try {
      volume.close();
    } finally {
      device.close();
    }
  }
}
