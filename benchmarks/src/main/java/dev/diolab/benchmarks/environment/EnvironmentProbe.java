package dev.diolab.benchmarks.environment;

import dev.diolab.benchmarks.Failure;
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
