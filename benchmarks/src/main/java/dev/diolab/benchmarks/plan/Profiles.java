package dev.diolab.benchmarks.plan;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.diolab.benchmarks.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Profiles: those of {@code profiles.jsonc}, which is the one place where they are written down, or
 * of a file that a user made from it.
 */
public final class Profiles {
  private static final String FILE = "profiles.jsonc";

  /** Names become parts of the names of run directories. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  private final Map<String, Profile> byName;

  private Profiles(Map<String, Profile> byName) {
    this.byName = Collections.unmodifiableMap(byName);
  }

  /** The profiles that come with diolab. */
  public static Profiles builtIn() {
    try (InputStream in = Profiles.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new AssertionError(FILE + " is not in the jar");
      }
      return parse(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of the file with the profiles that come with diolab, comments and all. */
  public static String text() {
    try (InputStream in = Profiles.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new AssertionError(FILE + " is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The profiles of a file of the same form as {@link #text}, instead of those that come with
   * diolab.
   *
   * @throws Failure that says where in the file what is wrong
   */
  public static Profiles read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      Profiles profiles = parse(in);
      for (String name : profiles.byName.keySet()) {
        if (!NAME.matcher(name).matches()) {
          throw Failure.usage(
              file + ": profile '" + name + "': letters, digits, '.', '_' and '-' only");
        }
      }
      return profiles;
    } catch (JsonProcessingException e) {
      throw Failure.usage(file + whereIn(e) + ": " + sentence(e));
    } catch (IOException e) {
      throw Failure.usage(file + " cannot be read: " + e);
    }
  }

  private static String whereIn(JsonProcessingException e) {
    return e.getLocation() == null ? "" : " line " + e.getLocation().getLineNr();
  }

  /** What a check of ours said, if it was one; otherwise the parser's first line. */
  private static String sentence(JsonProcessingException e) {
    Throwable cause = e.getCause();
    return cause instanceof IllegalArgumentException || cause instanceof Failure
        ? Failure.messageOf(cause)
        : e.getOriginalMessage();
  }

  static Profiles parse(InputStream json) throws IOException {
    JsonMapper mapper = JsonMapper.builder().enable(JsonParser.Feature.ALLOW_COMMENTS).build();
    return new Profiles(
        mapper.readValue(json, new TypeReference<LinkedHashMap<String, Profile>>() {}));
  }

  /** All profiles by name, the quickest first. */
  public Map<String, Profile> all() {
    return byName;
  }

  /**
   * The profile called {@code name}.
   *
   * @throws Failure naming the known profiles when there is none
   */
  public Profile byName(String name) {
    Profile profile = byName.get(name);
    if (profile == null) {
      throw Failure.usage(
          "unknown profile '" + name + "'; known: " + String.join(", ", byName.keySet()));
    }
    return profile;
  }
}
