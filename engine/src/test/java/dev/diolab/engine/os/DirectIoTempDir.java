package dev.diolab.engine.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Makes temporary directories where files can be opened O_DIRECT: in the build directory, else
 * where the JDK puts temporary files. A test that finds neither is skipped.
 */
public final class DirectIoTempDir implements TempDirFactory {
  @Override
  public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
      throws IOException {
    for (Path parent : List.of(Path.of("target"), Path.of(System.getProperty("java.io.tmpdir")))) {
      Path directory = Files.createTempDirectory(parent.toAbsolutePath(), "direct-io-");
      if (hasDirectIo(directory)) {
        return directory;
      }
      Files.delete(directory);
    }
    return Assumptions.abort("no directory on a file system with O_DIRECT");
  }

  private static boolean hasDirectIo(Path directory) throws IOException {
    Path probe = Files.createFile(directory.resolve("probe"));
    try (NativeFile file =
        NativeFile.open(probe, OpenFlags.O_RDWR | OpenFlags.O_DIRECT | OpenFlags.O_CLOEXEC, 0)) {
      DirectIoAlignment alignment = file.statx().directIo();
      return alignment == null || alignment.isSupported();
    } catch (OsException refused) {
      if (refused.errno() == Errno.EINVAL) {
        return false;
      }
      throw refused;
    } finally {
      Files.delete(probe);
    }
  }
}
