package dev.diolab.engine.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.Charset;
import java.nio.file.Path;

/** File names as system calls take them: bytes that end with a zero. */
final class PathName {
  /** The charset in which the JDK itself reads and writes file names on this system. */
  private static final Charset CHARSET =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  private PathName() {}

  /** The name of {@code path}, in {@code arena}. */
  static MemorySegment of(Arena arena, Path path) {
    byte[] name = path.toString().getBytes(CHARSET);
    MemorySegment segment = arena.allocate(name.length + 1L);
    MemorySegment.copy(name, 0, segment, ValueLayout.JAVA_BYTE, 0, name.length);
    return segment;
  }
}
