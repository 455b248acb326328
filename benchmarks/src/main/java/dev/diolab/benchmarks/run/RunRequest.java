package dev.diolab.benchmarks.run;

import dev.diolab.benchmarks.image.ImageDevice;
import dev.diolab.benchmarks.image.ImageRequest;
import dev.diolab.benchmarks.plan.Plan;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a run is told.
 *
 * @param profile name of the profile
 * @param plan what is measured
 * @param image on which image; null when nothing needs one, and with an emulated disk
 * @param device which device serves the image
 * @param diskBytes size of the emulated disk; 0 without
 * @param blockBytes block size of the volume
 * @param verifyBytes at most so much of a test file is read back
 * @param out where the run directory shall be
 * @param seed of all random choices
 * @param home the source tree that was built, for the commit
 * @param verification what is known of the code that measures
 */
public record RunRequest(
    String profile,
    Plan plan,
    @Nullable ImageRequest image,
    ImageDevice device,
    long diskBytes,
    int blockBytes,
    long verifyBytes,
    Path out,
    long seed,
    Path home,
    VerificationSearch.Found verification) {}
