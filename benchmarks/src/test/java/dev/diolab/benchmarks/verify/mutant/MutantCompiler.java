package dev.diolab.benchmarks.verify.mutant;

import static java.util.stream.Collectors.joining;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Makes the changed class of a mutant from the sources of the project as they are now. */
public final class MutantCompiler {
  private static final Path BENCHMARKS =
      Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  private static final Path TARGET = BENCHMARKS.resolve("target/mutants");

  private MutantCompiler() {}

  /** The directory with the changed classes of {@code mutant}. */
  public static Path compile(Mutant mutant) throws IOException {
    Path directory = TARGET.resolve(mutant.directory());
    Path source = directory.resolve("source").resolve(mutant.file());
    Path classes = emptied(directory.resolve("classes"));
    Files.createDirectories(source.getParent());
    Files.writeString(source, change(mutant, Files.readString(find(mutant.file()))));
    compile(source, classes);
    return classes;
  }

  /** Classes of an older mutant of the same name would be loaded, too. */
  private static Path emptied(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> old = Files.walk(directory)) {
        for (Path each : old.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
    return Files.createDirectories(directory);
  }

  /** The text of the source with the mistake in it. */
  static String change(Mutant mutant, String text) {
    Matcher matcher = patternOf(mutant.original()).matcher(text);
    if (!matcher.find()) {
      throw new AssertionError(what(mutant) + "does not have the text that it replaces any more");
    }
    String changed =
        text.substring(0, matcher.start()) + mutant.replacement() + text.substring(matcher.end());
    if (matcher.find()) {
      throw new AssertionError(what(mutant) + "has the text that it replaces more than once");
    }
    return changed;
  }

  private static String what(Mutant mutant) {
    return "mutant '" + mutant.name() + "' must keep up with the code: " + mutant.file() + " ";
  }

  /** Finds {@code original} in any layout. */
  private static Pattern patternOf(String original) {
    return Pattern.compile(
        Arrays.stream(original.strip().split("\\s+")).map(Pattern::quote).collect(joining("\\s+")));
  }

  private static Path find(String file) {
    for (String module : List.of("engine", "strategies", "benchmarks")) {
      Path source = BENCHMARKS.resolveSibling(module).resolve("src/main/java").resolve(file);
      if (Files.exists(source)) {
        return source;
      }
    }
    throw new AssertionError("no module has a source " + file);
  }

  private static void compile(Path source, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of(
            "-proc:none",
            "-Xlint:none",
            "-cp",
            MutantLoader.classPath().stream()
                .map(Path::toString)
                .collect(joining(File.pathSeparator)),
            "-d",
            classes.toString());
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
              .call();
      if (!compiled) {
        throw new AssertionError("the mutant does not compile: " + messages);
      }
    }
  }
}
