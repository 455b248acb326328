package dev.diolab.benchmarks.crosscheck;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.diolab.benchmarks.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * fio(1) as a second opinion: random 4 KiB direct overwrites, synchronous by threads or on a ring.
 *
 * <p>fio would preallocate a file and so measure first touch; here it is told not to, and to stay
 * within bytes that are written already.
 */
public final class Fio {
  /** Name of fio among the contenders. */
  public static final String NAME = "fio";

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final String version;

  private Fio(String version) {
    this.version = version;
  }

  /**
   * Looks for fio.
   *
   * @throws Failure with the remedy when it is not installed
   */
  public static Fio find() {
    try {
      return new Fio(run(List.of("fio", "--version")).strip());
    } catch (IOException e) {
      throw Failure.environment(
          "fio cannot be run ("
              + Failure.messageOf(e)
              + "): install it, for example with"
              + " apt-get install fio",
          e);
    }
  }

  /** What {@code fio --version} says. */
  public String version() {
    return version;
  }

  /** Arguments for synchronous writes (pwrite) by {@code threads} threads. */
  static List<String> psync(int threads) {
    return List.of("--ioengine=psync", "--numjobs=" + threads);
  }

  /**
   * Arguments for one thread with {@code depth} writes in flight on a ring with a registered file
   * and without registered buffers, as {@link dev.diolab.engine.device.UringDevice} has it.
   */
  static List<String> uring(int depth) {
    return List.of(
        "--ioengine=io_uring",
        "--numjobs=1",
        "--iodepth=" + depth,
        "--iodepth_batch_submit=1",
        "--registerfiles=1",
        "--fixedbufs=0");
  }

  /**
   * Overwrites random 4 KiB blocks of {@code [offset, offset + bytes)} of {@code image}.
   *
   * @param engine {@link #psync} or {@link #uring}
   * @return operations a second of all threads together
   * @throws IOException when fio fails or says what cannot be understood
   */
  public double opsPerSecond(
      Path image, long offset, long bytes, List<String> engine, double rampSeconds, double seconds)
      throws IOException {
    return parse(run(command(image, offset, bytes, engine, rampSeconds, seconds)));
  }

  static List<String> command(
      Path image,
      long offset,
      long bytes,
      List<String> engine,
      double rampSeconds,
      double seconds) {
    List<String> command = new ArrayList<>(common(image, offset, bytes, rampSeconds, seconds));
    command.addAll(engine);
    return command;
  }

  private static List<String> common(
      Path image, long offset, long bytes, double rampSeconds, double seconds) {
    return List.of(
        "fio",
        "--name=crosscheck",
        // A colon separates files.
        "--filename=" + image.toAbsolutePath().toString().replace(":", "\\:"),
        "--offset=" + offset,
        "--size=" + bytes,
        "--rw=randwrite",
        "--bs=4k",
        "--direct=1",
        "--thread",
        "--group_reporting",
        "--time_based",
        "--ramp_time=" + millis(rampSeconds),
        "--runtime=" + millis(seconds),
        "--norandommap",
        "--randrepeat=0",
        "--overwrite=1",
        "--fallocate=none",
        "--allow_file_create=0",
        "--eta=never",
        "--output-format=json");
  }

  static double parse(String output) throws IOException {
    // fio may write notes before the JSON.
    int start = output.indexOf('{');
    JsonNode iops = MAPPER.readTree(output.substring(Math.max(0, start))).at("/jobs/0/write/iops");
    if (!iops.isNumber() || iops.doubleValue() <= 0) {
      throw new IOException("fio reports no write IOPS");
    }
    return iops.doubleValue();
  }

  private static String millis(double seconds) {
    return String.format(Locale.ROOT, "%dms", Math.round(seconds * 1000));
  }

  private static String run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      int code = process.waitFor();
      if (code != 0) {
        throw new IOException("fio ended with exit code " + code + ": " + output.strip());
      }
      return output;
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw new IllegalStateException("interrupted while fio ran", e);
    }
  }
}
