package dev.diolab.engine.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Little-endian access to fields inside a block; every layout of this package is little-endian. */
public final class Bytes {
  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);

  private Bytes() {}

  private static VarHandle view(Class<?> arrayType) {
    return MethodHandles.byteArrayViewVarHandle(arrayType, ByteOrder.LITTLE_ENDIAN);
  }

  /** The unsigned 16-bit field at {@code offset}. */
  public static int getU16(byte[] block, int offset) {
    return (short) SHORT.get(block, offset) & 0xFFFF;
  }

  /** Stores the low 16 bits of {@code value} at {@code offset}. */
  public static void putU16(byte[] block, int offset, int value) {
    SHORT.set(block, offset, (short) value);
  }

  /** The signed 32-bit field at {@code offset}. */
  public static int getInt(byte[] block, int offset) {
    return (int) INT.get(block, offset);
  }

  /** The unsigned 32-bit field at {@code offset}. */
  public static long getU32(byte[] block, int offset) {
    return (int) INT.get(block, offset) & 0xFFFF_FFFFL;
  }

  /** Stores {@code value} at {@code offset}. */
  public static void putInt(byte[] block, int offset, int value) {
    INT.set(block, offset, value);
  }

  /** The 64-bit field at {@code offset}. */
  public static long getLong(byte[] block, int offset) {
    return (long) LONG.get(block, offset);
  }

  /** Stores {@code value} at {@code offset}. */
  public static void putLong(byte[] block, int offset, long value) {
    LONG.set(block, offset, value);
  }
}
