package dev.diolab.results.compare;

import dev.diolab.results.run.CellKey;
import dev.diolab.results.run.Offered;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is compared within: one workload and variant on one kind of device. The offered load of an
 * open loop counts as part of the variant.
 */
public record Subject(String workload, String variant, String device) {
  /** Begins the name of a device that was emulated. */
  private static final String EMULATED = "emulated-";

  /** The subject of a cell. */
  public static Subject of(CellKey key) {
    return new Subject(key.workload(), key.variant() + load(key.offered()), key.device());
  }

  private static String load(@Nullable Offered offered) {
    if (offered == null) {
      return "";
    }
    String load =
        offered.percentOfCapacity() == null
            ? Numbers.count(offered.opsPerSecond()) + " ops/s"
            : offered.percentOfCapacity() + " % of capacity";
    return ", %s %s".formatted(load, offered.arrivals());
  }

  /** Workload and variant, and the device where it is not a file. */
  public String title() {
    return workload + " " + variantOnDevice();
  }

  /** The variant, and the device where it is not a file. */
  public String variantOnDevice() {
    return isOnFile() ? variant : variant + " (" + deviceName() + ")";
  }

  /** The device for people, who shall not take an emulated one for a disk. */
  public String deviceName() {
    return isEmulated() ? "EMULATED " + device.substring(EMULATED.length()) : device;
  }

  /** A heading of figures of this subject, which tells when their disk was emulated. */
  public String marked(String heading) {
    return isEmulated() ? heading + " (" + deviceName() + ")" : heading;
  }

  /** Whether the device was the model of a disk, and its times are those of the model. */
  public boolean isEmulated() {
    return device.startsWith(EMULATED);
  }

  /**
   * The title as part of a file's name: lower-case letters, digits and dashes. Titles that differ
   * in signs only have the same.
   */
  public String slug() {
    return title().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }

  /** Whether the device was a file or block device, not memory. */
  public boolean isOnFile() {
    return device.equals("file");
  }
}
