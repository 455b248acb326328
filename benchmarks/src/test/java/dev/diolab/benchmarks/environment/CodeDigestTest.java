package dev.diolab.benchmarks.environment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.benchmarks.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeDigestTest {
  private static final String ONE = "dev/diolab/engine/One.class";
  private static final String TWO = "dev/diolab/engine/file/Two.class";

  @TempDir private Path directory;

  @Test
  void runningCodeHasTheSameDigestEachTime() {
    assertThat(CodeDigest.of(List.of())).matches("[0-9a-f]{64}");
    assertThat(CodeDigest.of(List.of())).isEqualTo(CodeDigest.of(List.of()));
  }

  @Test
  void sameClassesInAJarAndInADirectoryHaveTheSameDigest() throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(TWO, "two");
    files.put(ONE, "one");
    files.put("dev/diolab/engine/notes.txt", "no class");
    files.put("dev/diolab/other/Other.class", "another package");

    assertThat(digest(jar("a.jar", files))).isEqualTo(digest(directory("classes", files)));
  }

  @Test
  void everyChangeOfBytesOrNamesChangesTheDigest() throws IOException {
    assertThat(
            List.of(
                digest(directory("a", Map.of(ONE, "one", TWO, "two"))),
                digest(directory("b", Map.of(ONE, "onf", TWO, "two"))),
                digest(directory("c", Map.of(ONE, "one"))),
                digest(directory("d", Map.of(ONE, "onet", TWO, "wo"))),
                digest(directory("e", Map.of(ONE, "two", TWO, "one")))))
        .doesNotHaveDuplicates();
  }

  @Test
  void pluginsCountByTheirBytesInAnyOrder() throws IOException {
    Path one = Files.writeString(directory.resolve("one.jar"), "1");
    Path two = Files.writeString(directory.resolve("two.jar"), "2");
    Path renamed = Files.writeString(directory.resolve("renamed.jar"), "1");

    assertThat(CodeDigest.of(List.of(one, two))).isEqualTo(CodeDigest.of(List.of(two, renamed)));
    assertThat(
            List.of(
                CodeDigest.of(List.of()),
                CodeDigest.of(List.of(one)),
                CodeDigest.of(List.of(two)),
                CodeDigest.of(List.of(one, two))))
        .doesNotHaveDuplicates();
  }

  @Test
  void anUnreadablePluginIsNamed() {
    Path missing = directory.resolve("missing.jar");

    assertThatThrownBy(() -> CodeDigest.of(List.of(missing)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("missing.jar");
  }

  @Test
  void aPlaceWithoutClassesIsNamed() throws IOException {
    Path jar = jar("empty.jar", Map.of("readme.txt", "nothing"));

    assertThatThrownBy(() -> digest(jar))
        .isInstanceOf(IOException.class)
        .hasMessage(jar + " holds no classes in dev/diolab/engine/");
  }

  @Test
  void codeOutsideAWorkTreeHasNoCommit() {
    assertThat(CodeDigest.code(directory, List.of()).commit()).isNull();
    assertThat(CodeDigest.code(directory, List.of()).digest()).isEqualTo(CodeDigest.of(List.of()));
  }

  private static String digest(Path origin) throws IOException {
    return CodeDigest.digest(CodeDigest.classFiles(origin, "dev/diolab/engine/"), List.of());
  }

  private Path directory(String name, Map<String, String> files) throws IOException {
    Path root = directory.resolve(name);
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = root.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    return root;
  }

  private Path jar(String name, Map<String, String> files) throws IOException {
    Path jar = directory.resolve(name);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        out.putNextEntry(new ZipEntry(file.getKey()));
        out.write(file.getValue().getBytes(UTF_8));
        out.closeEntry();
      }
    }
    return jar;
  }
}
