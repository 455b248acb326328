package dev.diolab.benchmarks.environment;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.diolab.benchmarks.Failure;
import dev.diolab.engine.file.Volume;
import dev.diolab.results.run.Git;
import dev.diolab.results.verify.Code;
import dev.diolab.strategies.Strategies;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Which code a number or a verdict is about: SHA-256 over the class files of engine and strategies
 * as they are loaded, in the order of their names, and over the plug-ins in use. The same class
 * files give the same digest, whether they lie in a jar or in directories.
 */
public final class CodeDigest {
  private static final String CLASS = ".class";

  private CodeDigest() {}

  /**
   * The digest of the running code with {@code plugins}, in any order, as 64 hexadecimal digits.
   *
   * @param plugins jars that are in use besides
   * @throws Failure when a class file or a jar cannot be read
   */
  public static String of(List<Path> plugins) {
    Map<String, byte[]> classes = new TreeMap<>();
    try {
      classes.putAll(classFiles(origin(Volume.class), "dev/diolab/engine/"));
      classes.putAll(classFiles(origin(Strategies.class), "dev/diolab/strategies/"));
      return digest(classes, plugins);
    } catch (IOException e) {
      throw Failure.environment(
          "the code that is running cannot be read, so that no verdict can be told of it: "
              + Failure.messageOf(e),
          e);
    }
  }

  /** The same as {@code verify.json} has it, with the commit of the work tree at {@code home}. */
  public static Code code(Path home, List<Path> plugins) {
    Git git = GitState.of(home);
    return new Code(of(plugins), git.equals(Git.UNKNOWN) ? null : git.commit(), git.dirty());
  }

  /** Names and bytes are preceded by their lengths, so that no two sets of files run together. */
  static String digest(Map<String, byte[]> classes, List<Path> plugins) throws IOException {
    MessageDigest digest = sha256();
    new TreeMap<>(classes)
        .forEach(
            (name, bytes) -> {
              add(digest, name.getBytes(UTF_8));
              add(digest, bytes);
            });
    List<String> jars = new ArrayList<>();
    for (Path plugin : plugins) {
      jars.add(HexFormat.of().formatHex(sha256().digest(Files.readAllBytes(plugin))));
    }
    jars.stream().sorted().forEach(jar -> add(digest, jar.getBytes(UTF_8)));
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * The class files below {@code folder}.
   *
   * @param origin a jar or a directory
   * @param folder with slashes, and one at the end
   * @throws IOException when there are none, or they cannot be read
   */
  static Map<String, byte[]> classFiles(Path origin, String folder) throws IOException {
    Map<String, byte[]> classes =
        Files.isDirectory(origin) ? inDirectory(origin, folder) : inJar(origin, folder);
    if (classes.isEmpty()) {
      throw new IOException("%s holds no classes in %s".formatted(origin, folder));
    }
    return classes;
  }

  private static Map<String, byte[]> inDirectory(Path origin, String folder) throws IOException {
    Map<String, byte[]> classes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(origin.resolve(folder))) {
      for (Path file : files.filter(path -> path.toString().endsWith(CLASS)).toList()) {
        classes.put(origin.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return classes;
  }

  private static Map<String, byte[]> inJar(Path origin, String folder) throws IOException {
    Map<String, byte[]> classes = new TreeMap<>();
    try (JarFile jar = new JarFile(origin.toFile())) {
      for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
        JarEntry entry = entries.nextElement();
        if (entry.getName().startsWith(folder) && entry.getName().endsWith(CLASS)) {
          try (InputStream in = jar.getInputStream(entry)) {
            classes.put(entry.getName(), in.readAllBytes());
          }
        }
      }
    }
    return classes;
  }

  private static Path origin(Class<?> type) throws IOException {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      throw new IOException("the JVM does not tell where " + type.getName() + " comes from");
    }
    try {
      return Path.of(source.getLocation().toURI());
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new IOException(source.getLocation() + " is neither a jar nor a directory", e);
    }
  }

  private static void add(MessageDigest digest, byte[] bytes) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
