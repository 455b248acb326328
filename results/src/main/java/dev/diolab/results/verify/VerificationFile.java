package dev.diolab.results.verify;

import dev.diolab.results.run.RecordJson;
import java.io.IOException;
import java.nio.file.Path;

/** Reads and writes {@code verify.json}. */
public final class VerificationFile {
  /** The name of the file in its run directory. */
  public static final String NAME = "verify.json";

  private VerificationFile() {}

  /**
   * Reads a verification. Fields that this version does not know are skipped.
   *
   * @throws dev.diolab.results.run.RunFormatException if the file is missing, truncated, lacks a
   *     mandatory field or has an impossible value; the message names file and field
   */
  public static Verification read(Path file) throws IOException {
    return RecordJson.read(file, Verification.class);
  }

  /** Writes {@code verification}: the whole file or, on failure, nothing. */
  public static void write(Path file, Verification verification) throws IOException {
    RecordJson.write(file, verification);
  }
}
