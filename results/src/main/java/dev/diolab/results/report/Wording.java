package dev.diolab.results.report;

import dev.diolab.results.compare.Numbers;
import dev.diolab.results.stats.Contrast;
import dev.diolab.results.stats.NoiseFloor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The texts of the report that do not depend on what was measured. */
final class Wording {
  static final String QUESTION =
      "A direct write (O_DIRECT) into a database file takes locks that the database cannot see. In"
          + " this run the engine, the device and the workload stay the same; only the locking of"
          + " direct I/O changes, from one mutex around the whole write to no lock at all. What"
          + " differs between two strategies in one table is therefore what their locking costs on"
          + " this machine: in throughput, in latency up to the tail, and in time spent waiting.";

  static final String SERVICE_TIME_IN_SHORT =
      "Latencies are service times in a closed loop, not response times under a given load; the"
          + " last sections say what that means.";

  static final String RESPONSE_TIME_IN_SHORT =
      "In closed loops latencies are service times. Where a load was offered, in an open loop,"
          + " response times stand beside them.";

  static final String ANSWER =
      "The tables above show each variant at its largest number of threads. Of ops/s more is"
          + " better, of p99 less. Bold are the best of a variant and those that the rounds do not"
          + " tell apart from it, which are called a tie. In parentheses and without an interval"
          + " stands what cannot be chosen: the ceiling, and what broke a guarantee or fell behind"
          + " the load. A star marks a p99 that fewer than ten slower operations made; what leads, but"
          + " had not settled while it was measured, is called drifting. Policies do"
          + " not all declare the same guarantees: compare those in the last rows too.";

  static final String RESPONSE_TIME =
      "Service time is from the moment an operation was sent to its return, response time from the"
          + " moment it was due: response time is longer by what it waited because its thread was"
          + " still busy with earlier ones, and that is what a user waits.";

  static final String OPEN_LOOP =
      "In an open loop each thread sends when an operation is due, not when the last one has"
          + " returned; one that is late sends at once. Operations that were due in the measured time"
          + " and could not be sent before its end are unsent: they are counted, have no response"
          + " time, and would have had the longest, so where many are unsent the response times are"
          + " too short, and longer measuring makes them longer.";

  static final String SWEEP =
      "Each strategy was first measured in a closed loop; what it did there is its capacity, and the"
          + " offered loads are shares of that. The knee is the largest offered load of which at least"
          + " 95 % was achieved while the p99 of the response time stayed below ten times that of the"
          + " lowest load. PAGE-OVERWRITE, TSO32 with one write of a thread in flight, and WAL-COMMIT"
          + " can be offered loads. The blocks of TSO32 and the log of WAL-COMMIT are used up: there the"
          + " measured time ends when the next operation that is due has no room, whether those"
          + " before were sent or not, and under a higher load that is earlier.";

  static final String SERVICE_TIME =
      "Latencies of a closed loop are service times: from the start of an operation to its"
          + " return, each thread starting the next one only when the last has returned. While an"
          + " operation stalls, its thread sends no other, so what requests that arrive at a fixed"
          + " rate would wait in a queue is not in these figures. Response time under a fixed rate"
          + " is longer.";

  static final String THIN =
      CellText.THIN_MARK
          + " Fewer than ten operations were slower than this percentile: single operations made"
          + " it.";

  static final String LOOKUP =
      "Each look-up is timed by itself, so the cost of reading the clock is in every figure. A tree"
          + " that outgrows the caches of the CPU waits for memory at each further level, which"
          + " bends the line upwards although the levels themselves grow with the logarithm. Heap,"
          + " where shown, is by how much it grew while the extents were made.";

  static final String CLAW_BACK =
      "A share is the throughput of a cell divided by that of plain overwrites of the same file, by"
          + " the same strategy, number of threads and way to sync, in turn with it; what they"
          + " overwrite was written once before; their policy, which stands beside them, has nothing"
          + " to convert. In parentheses stands its 95 % interval. Where that does not tell the two"
          + " apart, the cell is called a tie with plain overwrites. The time of unwritten cells includes"
          + " the calls of fallocate that preallocate the next chunk. The p99 is that of the writes;"
          + " separate fdatasync calls stand apart. Logged are blocks of metadata; commits, logged and"
          + " zeroed are sums over all rounds, extents those of one. Marked are the fastest of the"
          + " ranked pairs that declare G1 to G3 and did not break what they declare, and those that"
          + " are not told apart from them.";

  static final String NOISE_FLOOR =
      "In some comparisons one strategy was measured twice, as two cells that differ in nothing and"
          + " took their turns like all others. What such twins differ by is noise: the floor of a"
          + " workload is the half-width of the 95 % interval of their ratio, all pairs of the"
          + " workload together, or the ratio itself where that is larger, and never below"
          + " %s. No smaller difference is called one. The second of the twins is in no other table."
              .formatted(Numbers.ratio(NoiseFloor.LEAST.ratio()));

  static final String STEADY =
      "Each line shows the means over all rounds in five slices of the warm-up and fifteen of the"
          + " measured time, from 0 to the highest. A cell drifts where the test of Mann and Kendall"
          + " finds a trend in the measured slices that chance has in one of a hundred, and half of"
          + " the change, by Sen's slope of the logarithms, lies beyond the noise floor. Workloads that run"
          + " until their work is done warm up by a pass of their own, which is not shown.";

  private static final Map<String, String> QUESTIONS =
      Map.ofEntries(
          Map.entry(
              "TSO32",
              "What does the first write into preallocated space cost, against zero-filling it"
                  + " first?"),
          Map.entry(
              "PAGE-OVERWRITE",
              "What does the lock cost random overwrites, which need none, alone and beside reads?"),
          Map.entry(
              "SCAN+PUNCH",
              "What do readers through the page cache cost direct writers of the same file?"),
          Map.entry(
              "AIO-RANDOM-SYNC",
              "Does a thread that submits asynchronously get its work off while another syncs?"),
          Map.entry(
              "WAL-COMMIT",
              "What does a commit cost over segments that are a hole, unwritten, zeroed or"
                  + " recycled?"),
          Map.entry(
              "INTERFERENCE",
              "Which requests starve which others on the same file, beyond their share of the"
                  + " device?"),
          Map.entry("LOCK-COST", "How much time does each strategy's own code add to a write?"),
          Map.entry("CACHED-READ", "What does the page cache itself cost a read?"),
          Map.entry("EXTENT-LOOKUP", "Does a look-up stay logarithmic in the number of extents?"),
          Map.entry(
              "BROKER-APPEND",
              "What does a write cost that moves the end of its file, and what do syncs of many"
                  + " files cost each other?"),
          Map.entry(
              "SEG-ROLL",
              "What does making the next segment of a log do to the commits that go on meanwhile?"),
          Map.entry(
              "HEAP-EXTEND", "What does it cost to extend a file that others write and scan?"),
          Map.entry(
              "IBD-GROW", "What does the growth of a tablespace do to the flushing of its pages?"),
          Map.entry(
              "LSM-FLUSH+WAL",
              "What do tables that are flushed and compacted cost the commits of a log beside"
                  + " them?"));

  private static final Map<String, String> WORKLOADS =
      Map.ofEntries(
          Map.entry(
              "TSO32",
              "A file grows by fallocate in chunks of 32 MiB and is filled by 32 KiB writes in random"
                  + " order: the benchmark that Theodore Ts'o asked for in July 2009. What does the"
                  + " first write to preallocated space cost, and what does filling it with zeros"
                  + " beforehand?"),
          Map.entry(
              "SCAN+PUNCH",
              "Writers of 16 KiB pages, each page written for the first time among overwrites of others,"
                  + " beside a scanner that reads the same file through the page cache in bursts of"
                  + " 1 MiB reads, as a backup does. After every fourth write the end of its page is"
                  + " punched out, and now and then the last eighth of the file is cut off and"
                  + " preallocated again. What do readers that never wrote cost the writers? Beside the"
                  + " writes, operations a second are those of the time that the calls themselves took."),
          Map.entry(
              "INTERFERENCE",
              "Half of the threads do what is measured, the other half something else to the same file,"
                  + " whose blocks are all written; no two threads touch the same page. Readers against"
                  + " writers, small requests against large ones, scans against commits: who starves"
                  + " whom, and by how much beyond what the device has to share?"),
          Map.entry(
              "CACHED-READ",
              "Reads of 4 KiB pages that are in the page cache, one thread: what is left is the cost of"
                  + " the buffered path itself."),
          Map.entry(
              "PAGE-OVERWRITE",
              "Pages at random places of a file whose blocks are all written: what a database's data"
                  + " file sees once it has been filled. Nothing is allocated, nothing converted, so"
                  + " only the locks stand between the threads."),
          Map.entry(
              "LOCK-COST",
              "Overwrites on a device of memory, which takes next to no time: what is left is what the"
                  + " strategy's own code costs."),
          Map.entry(
              "EXTENT-LOOKUP",
              "Look-ups in the extent tree of a file with more and more extents: the cost should grow"
                  + " with the logarithm of their number."),
          Map.entry(
              "WAL-COMMIT",
              "Clients commit records of 4 to 128 KiB to one log in groups: one of them writes for"
                  + " all that wait, by a DSYNC write or a write and fdatasync. A commit includes the"
                  + " wait for the group before; the writes of the log stand apart."),
          Map.entry(
              "AIO-RANDOM-SYNC",
              "One thread keeps 64 writes of 4 or 16 KiB in flight, ten submitted at a time, while"
                  + " a second calls fdatasync. The time in the submission, which holds the thread"
                  + " up, and the time to completion stand apart."),
          Map.entry(
              "BROKER-APPEND",
              "Threads append 16 KiB at a time to their files in turn, behind the end of each, into"
                  + " space that was preallocated there, and make each file durable after so many"
                  + " writes, as a message broker does. What does a write cost that moves the end of"
                  + " its file, and what do the files cost each other, whose syncs commit one"
                  + " journal?"),
          Map.entry(
              "SEG-ROLL",
              "Each thread writes a log of its own, 4 KiB at a time and each write durable, while one"
                  + " more thread makes the segment that comes next: by fallocate, by writing zeros,"
                  + " or by recycling an old one. What does the making of a segment do to the commits"
                  + " that go on meanwhile? A roll is the first write of a segment, with the wait for"
                  + " the segment."),
          Map.entry(
              "HEAP-EXTEND",
              "Backends extend one file, one at a time under a lock of the database, by fallocate or"
                  + " by writing zeros, and write their 8 KiB pages later in random order, while"
                  + " another thread scans the first half. What does it cost to extend a file that"
                  + " others write? The time of an extension includes the wait for that lock."),
          Map.entry(
              "IBD-GROW",
              "Batches of 16 KiB pages are written to a doublewrite file first and then to their"
                  + " places in four tablespaces, beside reads, while another thread extends the"
                  + " tablespaces for the pages of the next batch. What does the growth of a file do"
                  + " to the writes of its pages, and what do the zeros cost that MySQL writes"
                  + " first?"),
          Map.entry(
              "LSM-FLUSH+WAL",
              "Clients commit to one log in groups, each group with fdatasync, while other threads"
                  + " write, sync, read and delete tables beside it, as an LSM tree does that flushes"
                  + " and compacts. What do files that have nothing to do with the log cost its"
                  + " commits, because one journal serves them all?"));

  private static final List<Map.Entry<String, String>> GUARANTEES =
      List.of(
          Map.entry(
              "G1",
              "no stale data: nobody, also after a crash, reads bytes that were not written to the"
                  + " file"),
          Map.entry("G2", "a DSYNC write that returned survives a crash"),
          Map.entry("G3", "what completed before fsync returned survives a crash"),
          Map.entry("G4", "a completed write is visible to any later read"),
          Map.entry("G5", "a plain O_DIRECT write that returned survives a crash"),
          Map.entry("G6", "i_size never covers unconverted blocks and never shrinks by itself"),
          Map.entry("G7", "overlapping direct reads and writes are atomic to each other"),
          Map.entry("G8", "no deadlock; every request ends"));

  private Wording() {}

  /** What a workload asks, in one sentence, if it is one of the built-in ones. */
  static Optional<String> question(String name) {
    return Optional.ofNullable(QUESTIONS.get(name));
  }

  /** What a workload does and asks, if it is one of the built-in ones. */
  static Optional<String> workload(String name) {
    return Optional.ofNullable(WORKLOADS.get(name));
  }

  /** The guarantees by name, each as a sentence. */
  static List<String> guarantees() {
    return GUARANTEES.stream().map(entry -> entry.getKey() + ": " + entry.getValue()).toList();
  }

  /**
   * How surely strategies are told apart with so few rounds.
   *
   * @param roundsOfCells number of rounds of each cell of the run
   */
  static String noise(List<Integer> roundsOfCells) {
    OptionalInt fewestRepeated =
        roundsOfCells.stream().mapToInt(Integer::intValue).filter(rounds -> rounds > 1).min();
    if (fewestRepeated.isEmpty()) {
      return "Every cell was measured in one round. There is no spread to judge differences by.";
    }
    String tie = tie(fewestRepeated.getAsInt());
    return roundsOfCells.contains(1)
        ? tie + " Cells of one round show no spread, and are not ranked."
        : tie;
  }

  private static String tie(int rounds) {
    return "Two strategies are called a tie unless their rounds tell them apart, which those of two"
        + " that are in truth equal do at most once in 20 comparisons. The fewer rounds, the larger"
        + " a difference has to be: with %d rounds each, which scatter by 10 %%, about %s times."
            .formatted(rounds, Numbers.ratio(Contrast.leastRatio(rounds, 0.1)));
  }

  /** How it was measured and what that does not show. */
  static List<String> limits() {
    return List.of(
        "Every operation of every thread is recorded, split into phases, in histograms of three"
            + " significant digits; percentiles are computed from these, never averaged. The"
            + " histograms lie in hdr/ beside this report and can be merged and read by any"
            + " HdrHistogram tool.",
        "Intervals are those of Student's t on the logarithms of the rounds (Welch), at 95 %; the error"
            + " of a percentile comes from a bootstrap over rounds and, within them, over operations."
            + " One whose ends are more than a hundred times apart is shown as ?."
            + " Two are told apart where the interval of their ratio leaves out 1, the ratio is beyond"
            + " the noise floor, and, from four rounds each on, the rank test of Mann and Whitney"
            + " agrees.",
        "Lock wait is all time inside the strategy's own calls. Conversion leaves out the wait for"
            + " the journal, which stands apart. Other is what the named phases leave of the mean"
            + " total.",
        "The file system is a model in one preallocated, fully written image, so the host's file"
            + " system sees overwrites only and its own locking stays out. Absolute figures are not"
            + " those of ext4 or XFS; differences between strategies are what this is for.",
        "Extents, commits, blocks logged, device writes and flushes are sums over all rounds.",
        "MB are millions of bytes. Fill seconds, where shown, are the time of the zero-fill before"
            + " the writes.",
        "A verdict is what became of the guarantees that strategy and policy declare, when a verifier"
            + " enumerated crashes and races to break them: it held in so many crash states, or it is"
            + " BROKEN, and then its speed is worth nothing. \"unchecked\" means that no verifier has"
            + " tried this code: it may be fast because it is wrong.",
        "The ceiling takes no locks and is wrong by design. It shows what the device and the engine"
            + " could do, and is never ranked.");
  }
}
