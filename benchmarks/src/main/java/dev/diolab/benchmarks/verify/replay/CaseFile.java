package dev.diolab.benchmarks.verify.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.diolab.benchmarks.Failure;
import dev.diolab.benchmarks.verify.crash.CrashState;
import dev.diolab.benchmarks.verify.crash.Explorer;
import dev.diolab.benchmarks.verify.crash.Found;
import dev.diolab.benchmarks.verify.record.RecordedRun;
import dev.diolab.engine.device.RecordedWrite;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** Writes failing cases to files and reads them. */
public final class CaseFile {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  /** No image of a case is larger; a file that says otherwise is not believed. */
  private static final int MOST_IMAGE_BYTES = 64 << 20;

  private CaseFile() {}

  /** Makes a case of what was found under {@code strategy} and {@code policy}. */
  public static SavedCase of(String strategy, String policy, Found found) {
    RecordedRun run = found.run();
    return new SavedCase(
        SavedCase.SCHEMA,
        strategy,
        policy,
        found.violation().claim().label(),
        found.violation().message(),
        run.script(),
        run.history().events(),
        run.history().setupEnd(),
        found.state() == null ? null : crashOf(found, found.state()));
  }

  private static SavedCase.Crash crashOf(Found found, CrashState state) {
    List<RecordedWrite> reached = state.applied().stream().map(each -> each.write()).toList();
    List<String> lost =
        Explorer.looseAt(found.run(), state.tick()).stream()
            .filter(write -> !reached.contains(write))
            .map(RecordedWrite::toString)
            .toList();
    byte[] image =
        found.recoveryImage() == null
            ? Explorer.imageOf(found.run(), state)
            : found.recoveryImage();
    return new SavedCase.Crash(
        state.tick(),
        state.applied().stream().map(Object::toString).toList(),
        lost,
        found.recoveryImage() != null,
        pack(image));
  }

  /** Writes {@code saved} to {@code file}. */
  public static void write(Path file, SavedCase saved) throws IOException {
    Files.write(file, JSON.writeValueAsBytes(saved));
  }

  /**
   * Reads a case.
   *
   * @throws Failure when the file cannot be read or holds no case of this schema
   */
  public static SavedCase read(Path file) {
    try {
      SavedCase saved = JSON.readValue(Files.readAllBytes(file), SavedCase.class);
      if (saved == null) {
        throw Failure.usage(file + " is no saved case: it holds null");
      }
      if (saved.schema() != SavedCase.SCHEMA) {
        throw Failure.usage(
            file
                + " has schema "
                + saved.schema()
                + ", but this diolab replays "
                + SavedCase.SCHEMA);
      }
      saved.check();
      return saved;
    } catch (IllegalArgumentException e) {
      throw Failure.usage(file + " is no saved case: " + Failure.messageOf(e));
    } catch (JsonProcessingException e) {
      throw Failure.usage(file + " is no saved case: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw Failure.usage("cannot read " + file + ": " + Failure.messageOf(e));
    }
  }

  /** The image of {@code crash}. */
  static byte[] image(SavedCase.Crash crash) {
    try (InflaterInputStream in =
        new InflaterInputStream(
            new ByteArrayInputStream(Base64.getDecoder().decode(crash.image())))) {
      byte[] image = in.readNBytes(MOST_IMAGE_BYTES);
      if (in.read() != -1) {
        throw Failure.usage("the image of the case is larger than " + MOST_IMAGE_BYTES + " bytes");
      }
      return image;
    } catch (IOException | IllegalArgumentException e) {
      throw Failure.usage("the image of the case is damaged: " + Failure.messageOf(e));
    }
  }

  private static String pack(byte[] image) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      out.write(image);
    } catch (IOException e) {
      throw new AssertionError("memory does not fail", e);
    }
    return Base64.getEncoder().encodeToString(packed.toByteArray());
  }
}
