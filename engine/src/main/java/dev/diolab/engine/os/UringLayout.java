package dev.diolab.engine.os;

/**
 * Numbers and offsets of the kernel's interface io_uring (linux/io_uring.h, io_uring_setup(2),
 * io_uring_enter(2)); the same on x86-64 and arm64, both little-endian.
 *
 * <pre>
 * struct io_uring_params, 120 bytes        struct io_uring_sqe, 64 bytes   io_uring_cqe, 16 bytes
 *   0 sq_entries   40 sq_off.head           0 opcode (1)                    0 user_data (8)
 *   4 cq_entries   44 sq_off.tail           1 flags (1)                     8 res
 *   8 flags        48 sq_off.ring_mask      4 fd                           12 flags
 *  20 features     56 sq_off.flags          8 off (8)
 *                  64 sq_off.array         16 addr (8)
 *                  80 cq_off.head          24 len
 *                  84 cq_off.tail          28 rw_flags
 *                  88 cq_off.ring_mask     32 user_data (8)
 *                  96 cq_off.overflow
 *                 100 cq_off.cqes
 * </pre>
 */
final class UringLayout {
  // struct io_uring_params
  static final long PARAMS_BYTES = 120;
  static final long PARAMS_SQ_ENTRIES = 0;
  static final long PARAMS_CQ_ENTRIES = 4;
  static final long PARAMS_FLAGS = 8;
  static final long PARAMS_FEATURES = 20;
  static final long PARAMS_SQ_HEAD = 40;
  static final long PARAMS_SQ_TAIL = 44;
  static final long PARAMS_SQ_MASK = 48;
  static final long PARAMS_SQ_FLAGS = 56;
  static final long PARAMS_SQ_ARRAY = 64;
  static final long PARAMS_CQ_HEAD = 80;
  static final long PARAMS_CQ_TAIL = 84;
  static final long PARAMS_CQ_MASK = 88;
  static final long PARAMS_CQ_OVERFLOW = 96;
  static final long PARAMS_CQ_CQES = 100;

  // struct io_uring_sqe
  static final long SQE_BYTES = 64;
  static final long SQE_OPCODE = 0;
  static final long SQE_FLAGS = 1;
  static final long SQE_FD = 4;
  static final long SQE_OFF = 8;
  static final long SQE_ADDR = 16;
  static final long SQE_LEN = 24;
  static final long SQE_RW_FLAGS = 28;
  static final long SQE_USER_DATA = 32;

  // struct io_uring_cqe
  static final long CQE_BYTES = 16;
  static final long CQE_USER_DATA = 0;
  static final long CQE_RES = 8;

  /** Offsets of mmap(2) on the ring's descriptor. */
  static final long OFF_SQ_RING = 0;

  static final long OFF_SQES = 0x1000_0000L;

  /** All of a batch is submitted, also when one of it is refused (Linux 5.18). */
  static final int SETUP_SUBMIT_ALL = 1 << 7;

  /** Completions do not interrupt the submitting thread while it runs (Linux 5.19). */
  static final int SETUP_COOP_TASKRUN = 1 << 8;

  /** With the former: {@link #SQ_TASKRUN} tells that completions wait to be entered. */
  static final int SETUP_TASKRUN_FLAG = 1 << 9;

  /** One thread submits: the one that made the ring (Linux 6.0). */
  static final int SETUP_SINGLE_ISSUER = 1 << 12;

  /** With the former: completions are made when that thread enters to wait (Linux 6.1). */
  static final int SETUP_DEFER_TASKRUN = 1 << 13;

  /** One mapping holds both rings (Linux 5.4). */
  static final int FEAT_SINGLE_MMAP = 1;

  /** Came with the plain read and write requests (Linux 5.6). */
  static final int FEAT_RW_CUR_POS = 1 << 3;

  static final int ENTER_GETEVENTS = 1;
  static final int SQ_CQ_OVERFLOW = 1 << 1;
  static final int SQ_TASKRUN = 1 << 2;

  static final int REGISTER_FILES = 2;
  static final int UNREGISTER_FILES = 3;

  static final byte OP_READ = 22;
  static final byte OP_WRITE = 23;

  /** The descriptor is an index into the registered files. */
  static final byte SQE_FIXED_FILE = 1;

  private UringLayout() {}
}
