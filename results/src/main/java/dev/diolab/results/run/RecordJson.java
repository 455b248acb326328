package dev.diolab.results.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * JSON files to records and back; says in one sentence what is wrong with a bad file. A component
 * that is not {@code @Nullable} is a mandatory field; fields that no component has are skipped.
 *
 * <p>Thread safety: safe for use by many threads.
 */
public final class RecordJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, ToStringSerializer.instance)
                  .addDeserializer(Instant.class, new InstantDeserializer()))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .configure(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN, true)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();

  private RecordJson() {}

  /** Writes {@code contents} as JSON to {@code file}: the whole file or, on failure, nothing. */
  public static void write(Path file, Record contents) throws IOException {
    AtomicFile.write(file, MAPPER.writeValueAsString(contents) + "\n");
  }

  /**
   * Reads a file that holds one {@code type}.
   *
   * @throws RunFormatException if the file is missing, truncated, or lacks a mandatory field
   */
  public static <T extends Record> T read(Path file, Class<T> type) throws IOException {
    JsonNode tree = readTree(file);
    if (!tree.isObject()) {
      throw new RunFormatException("%s holds no JSON object".formatted(file));
    }
    Optional<String> missing = MandatoryFields.missing(tree, type);
    if (missing.isPresent()) {
      throw new RunFormatException(
          "%s lacks the mandatory field %s".formatted(file, missing.get()));
    }
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (JsonMappingException e) {
      throw new RunFormatException("%s: %s".formatted(file, reason(e)), e);
    }
  }

  private static JsonNode readTree(Path file) throws IOException {
    byte[] contents;
    try {
      contents = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new RunFormatException("%s does not exist".formatted(file), e);
    } catch (AccessDeniedException e) {
      throw new RunFormatException("%s may not be read by this user".formatted(file), e);
    }
    try {
      JsonNode tree = MAPPER.readTree(contents);
      if (tree.isMissingNode()) {
        throw new RunFormatException("%s is empty".formatted(file));
      }
      return tree;
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      throw new RunFormatException(
          isTruncated(contents, e)
              ? "%s is truncated: it ends in the middle, in line %d".formatted(file, at.getLineNr())
              : "%s is no valid JSON, in line %d, column %d"
                  .formatted(file, at.getLineNr(), at.getColumnNr()),
          e);
    }
  }

  /** An object was begun, and the error is where the file ends, perhaps within a number or name. */
  private static boolean isTruncated(byte[] contents, JsonProcessingException e) {
    String text = new String(contents, UTF_8);
    return text.stripLeading().startsWith("{")
        && (e instanceof JsonEOFException || e.getLocation().getByteOffset() >= contents.length);
  }

  /** Which field holds what. */
  private static String reason(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    if (e.getCause() instanceof IllegalArgumentException broken) {
      return path.isEmpty() ? broken.getMessage() + "" : path + ": " + broken.getMessage();
    }
    if (e instanceof InvalidFormatException format) {
      return "%s is \"%s\", but must be of the type %s"
          .formatted(path, format.getValue(), format.getTargetType().getSimpleName());
    }
    return "%s has a value of the wrong type".formatted(path);
  }

  /** Reads the form that {@link Instant#toString} writes. */
  private static final class InstantDeserializer extends StdScalarDeserializer<Instant> {
    private static final long serialVersionUID = 1L;

    InstantDeserializer() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      String text = parser.getText();
      try {
        return Instant.parse(text);
      } catch (DateTimeException e) {
        JsonMappingException wrong =
            context.weirdStringException(text, Instant.class, "not an ISO-8601 instant");
        wrong.initCause(e);
        throw wrong;
      }
    }
  }
}
