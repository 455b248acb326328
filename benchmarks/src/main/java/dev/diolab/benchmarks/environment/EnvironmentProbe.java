package dev.diolab.benchmarks.environment;

import dev.diolab.benchmarks.Failure;
import dev.diolab.engine.device.DiskModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a reader needs to judge a number: machine, kernel, disk, JVM. A run without it
 * would look fine and mean nothing, so that what cannot be recorded stops the run.
 */
public final class EnvironmentProbe {
  private static final double MICRO = 1e3;

  private EnvironmentProbe() {}

  /**
   * The environment of a run on {@code image}, or on heap memory only when it is null.
   *
   * @throws Failure when it cannot be recorded
   */
  public static Map<String, Object> capture(@Nullable Path image) {
    Map<String, Object> environment = new LinkedHashMap<>();
    try {
      machine(environment);
      if (image != null) {
        storage(environment, Storage.of(image));
      }
    } catch (IOException e) {
      throw Failure.environment(
          "the environment of the run cannot be recorded: "
              + Failure.messageOf(e)
              + "; run where /proc and /sys can be read",
          e);
    }
    return environment;
  }

  /**
   * The environment of a run on an emulated disk: the machine, and in place of a disk the model
   * with its figures.
   *
   * @throws Failure when it cannot be recorded
   */
  public static Map<String, Object> captureEmulated(DiskModel model) {
    Map<String, Object> environment = capture(null);
    environment.put("fileSystem", "none: an EMULATED disk in memory");
    environment.put("device", "EMULATED " + model.name());
    environment.put("deviceModel", "EMULATED: " + model.title());
    environment.put("emulated", true);
    environment.put("writeCache", model.hasVolatileCache() ? "write back" : "write through");
    environment.put("rotational", model.arm() != null);
    environment.put("emulatedSlots", model.slots());
    access(environment, "emulatedRead", model.reads());
    access(environment, "emulatedWrite", model.writes());
    environment.put("emulatedFlushUs", model.flushNanos() / MICRO);
    environment.put("emulatedFua", model.fua());
    environment.put("emulatedFuaUs", model.fuaNanos() / MICRO);
    DiskModel.Cache cache = model.cache();
    if (cache != null) {
      environment.put("emulatedCacheBytes", cache.bytes());
    }
    DiskModel.Arm arm = model.arm();
    if (arm != null) {
      environment.put("emulatedDiskBytes", arm.bytes());
      environment.put("emulatedTrackSeekUs", arm.trackSeekNanos() / MICRO);
      environment.put("emulatedAverageSeekUs", arm.averageSeekNanos() / MICRO);
      environment.put("emulatedRevolutionUs", arm.revolutionNanos() / MICRO);
      environment.put("emulatedMediaBytesPerSecond", arm.bytesPerSecond());
    }
    return environment;
  }

  private static void access(
      Map<String, Object> environment, String name, DiskModel.Access access) {
    environment.put(name + "Us", access.nanos() / MICRO);
    environment.put(name + "Spread", access.spread());
    environment.put(name + "sPerSecond", access.perSecond());
    environment.put(name + "BytesPerSecond", access.bytesPerSecond());
  }

  private static void machine(Map<String, Object> environment) throws IOException {
    environment.put("os", System.getProperty("os.name"));
    environment.put("kernel", System.getProperty("os.version"));
    environment.put("architecture", System.getProperty("os.arch"));
    Machine machine = Machine.probe();
    environment.put("cpuModel", machine.cpuModel());
    environment.put("cpus", machine.cpus());
    environment.put("governor", machine.governor());
    environment.put("memoryBytes", machine.memoryBytes());
    environment.put("loadAtStart", machine.load());
    environment.put(
        "jvm",
        String.join(
            " ",
            System.getProperty("java.vm.name"),
            System.getProperty("java.runtime.version"),
            System.getProperty("java.vendor")));
  }

  private static void storage(Map<String, Object> environment, Storage storage) {
    environment.put("fileSystem", storage.fileSystem());
    environment.put("mountOptions", storage.mountOptions());
    environment.put("device", storage.device());
    environment.put("deviceModel", storage.model());
    environment.put("scheduler", storage.scheduler());
    environment.put("writeCache", storage.writeCache());
    environment.put("rotational", storage.rotational());
    environment.put("logicalBlockBytes", storage.logicalBlockBytes());
    environment.put("physicalBlockBytes", storage.physicalBlockBytes());
    if (storage.directIo() != null) {
      environment.put("dioMemAlign", storage.directIo().memoryBytes());
      environment.put("dioOffsetAlign", storage.directIo().offsetBytes());
    }
  }
}
