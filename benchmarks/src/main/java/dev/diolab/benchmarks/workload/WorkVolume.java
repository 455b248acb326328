package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.image.VolumeShape;
import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.device.DiskModel;
import dev.diolab.engine.device.EmulatedClock;
import dev.diolab.engine.device.EmulatedDevice;
import dev.diolab.engine.device.MemoryDevice;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.MountOptions;
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
  private final MountOptions options;
  private Volume volume;

  private WorkVolume(
      BlockDevice device,
      int blockBytes,
      DioStrategy strategy,
      ConversionPolicy policy,
      MountOptions options)
      throws IOException {
    this.device = device;
    this.blockBytes = blockBytes;
    this.strategy = strategy;
    this.policy = policy;
    this.options = options;
    this.volume = Volume.mount(device, strategy, policy, options);
  }

  /** Makes an empty volume on the device that the settings name and mounts it. */
  static WorkVolume format(ForkSettings settings, String strategy, String policy)
      throws IOException {
    return format(device(settings), settings.blockBytes(), strategy, policy);
  }

  /** The same with {@code pageCacheBytes} of memory for pages. */
  static WorkVolume format(
      ForkSettings settings, String strategy, String policy, long pageCacheBytes)
      throws IOException {
    return format(
        device(settings),
        settings.blockBytes(),
        strategy,
        policy,
        MountOptions.defaults().withPageCache(pageCacheBytes));
  }

  /** Makes an empty volume on {@code device} and mounts it. */
  static WorkVolume format(BlockDevice device, int blockBytes, String strategy, String policy)
      throws IOException {
    return format(device, blockBytes, strategy, policy, MountOptions.defaults());
  }

  /** Makes an empty volume on {@code device} and mounts it with {@code options}. */
  static WorkVolume format(
      BlockDevice device, int blockBytes, String strategy, String policy, MountOptions options)
      throws IOException {
    VolumeFormatter.format(device, VolumeShape.options(device.sizeBytes(), blockBytes));
    return mount(device, blockBytes, strategy, policy, options);
  }

  /** Mounts the volume that the image holds. */
  static WorkVolume mount(ForkSettings settings, String strategy, String policy)
      throws IOException {
    return mount(
        device(settings), settings.blockBytes(), strategy, policy, MountOptions.defaults());
  }

  private static WorkVolume mount(
      BlockDevice device, int blockBytes, String strategy, String policy, MountOptions options)
      throws IOException {
    return new WorkVolume(
        device, blockBytes, Strategies.byName(strategy), Policies.byName(policy), options);
  }

  private static BlockDevice device(ForkSettings settings) throws IOException {
    DiskModel model = settings.device().model();
    if (settings.image() != null) {
      return settings.device().open(Path.of(settings.image()));
    }
    return model != null && settings.diskBytes() > 0
        ? emulated(model, settings)
        : new MemoryDevice(VolumeShape.deviceBytes(settings.fileBytes()));
  }

  /**
   * A new disk, poisoned as every image is. So its memory is all there before anything is measured:
   * a first touch would cost more than an overwrite otherwise, on no account of the disk.
   */
  private static BlockDevice emulated(DiskModel model, ForkSettings settings) throws IOException {
    OffHeapDevice store = new OffHeapDevice(settings.diskBytes());
    VolumeFormatter.poison(store, (done, total) -> {});
    return new EmulatedDevice(model, store, settings.seed(), EmulatedClock.real());
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
    reopen();
    return volume.open(inode);
  }

  /** Unmounts and mounts again; files have to be opened again by their numbers. */
  void reopen() throws IOException {
    volume.close();
    volume = Volume.mount(device, strategy, policy, options);
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
