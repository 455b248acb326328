package dev.diolab.benchmarks.crosscheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FioTest {

  @Test
  void isToldToOverwriteOnlyWhatIsWritten() {
    assertThat(Fio.command(Path.of("/a/b:c.img"), 4096, 8192, Fio.psync(16), 0.5, 2))
        .contains(
            "--filename=/a/b\\:c.img",
            "--offset=4096",
            "--size=8192",
            "--rw=randwrite",
            "--bs=4k",
            "--direct=1",
            "--ioengine=psync",
            "--numjobs=16",
            "--ramp_time=500ms",
            "--runtime=2000ms",
            "--fallocate=none",
            "--overwrite=1");
  }

  @Test
  void isToldToWriteOnARingWithOneThread() {
    assertThat(Fio.command(Path.of("/a"), 0, 8192, Fio.uring(64), 1, 1))
        .contains(
            "--ioengine=io_uring",
            "--numjobs=1",
            "--iodepth=64",
            "--registerfiles=1",
            "--fixedbufs=0",
            "--direct=1")
        .doesNotContain("--ioengine=psync");
  }

  @Test
  void findsTheOperationsASecondInItsJson() throws IOException {
    String output =
        """
        note: something
        {"fio version" : "fio-3.33", "jobs" : [ {"jobname" : "crosscheck",
          "read" : {"iops" : 0.0}, "write" : {"iops" : 12345.67} } ] }
        """;

    assertThat(Fio.parse(output)).isEqualTo(12345.67);
  }

  @Test
  void refusesOutputWithoutWrites() {
    assertThatThrownBy(() -> Fio.parse("{\"jobs\" : [ {\"write\" : {\"iops\" : 0.0} } ] }"))
        .isInstanceOf(IOException.class)
        .hasMessage("fio reports no write IOPS");
  }
}
