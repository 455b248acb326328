package dev.diolab.benchmarks.plan;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.diolab.benchmarks.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The profiles of {@code profiles.jsonc}, which is the one place where they are written down. */
public final class Profiles {
  private static final String FILE = "profiles.jsonc";

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
