package dev.diolab.benchmarks.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.benchmarks.ExitCode;
import dev.diolab.benchmarks.Failure;
import dev.diolab.benchmarks.environment.CodeDigest;
import dev.diolab.engine.device.MemoryDevice;
import dev.diolab.engine.file.Volume;
import dev.diolab.engine.file.VolumeFormatter;
import dev.diolab.engine.file.VolumeOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsTest {
  @TempDir private Path directory;

  @Test
  void withoutAPluginThereIsWhatIsBuiltIn() {
    assertThat(Plugins.load(List.of())).isSameAs(Catalog.builtIn());
    assertThat(Catalog.builtIn().strategy("i-mutex").name()).isEqualTo("i-mutex");
    assertThat(Catalog.builtIn().policy("end-io").name()).isEqualTo("end-io");
  }

  @Test
  void strategiesAndPoliciesOfSeveralJarsStandBesideTheBuiltInOnes() throws IOException {
    Path one = plugin("one").strategy("One", "acme-one", "later").policy("Later", "later").build();
    Path two = plugin("two").strategy("Two", "acme-two", "end-io").build();

    Catalog catalog = Plugins.load(List.of(one, two));

    assertThat(catalog.strategy("acme-one").origin()).isEqualTo("Acme, 2026");
    assertThat(catalog.strategy("acme-two").defaultPolicy()).isEqualTo("end-io");
    assertThat(catalog.policy("later").summary()).isEqualTo("as end-io");
    assertThat(catalog.strategy("no-lock").isCeiling()).isTrue();
    assertThat(catalog.jars()).containsExactly(one, two);
  }

  @Test
  void aVolumeIsMountedWithWhatAPluginBrings() throws IOException {
    Catalog catalog =
        Plugins.load(
            List.of(
                plugin("p").strategy("One", "acme-one", "later").policy("Later", "later").build()));
    try (MemoryDevice device = new MemoryDevice(8 << 20)) {
      VolumeFormatter.format(device, VolumeOptions.defaults().withJournalBlocks(256));
      try (Volume volume =
          Volume.mount(device, catalog.strategy("acme-one"), catalog.policy("later"))) {
        assertThat(volume.open(volume.create().inodeNumber()).size()).isZero();
      }
    }
  }

  @Test
  void theDigestOfTheCodeChangesWithAPlugin() throws IOException {
    Path jar = plugin("p").strategy("One", "acme-one", "end-io").build();

    assertThat(CodeDigest.of(List.of(jar))).isNotEqualTo(CodeDigest.of(List.of()));
  }

  @Test
  void anUnknownNameIsRefusedWithTheKnownOnes() throws IOException {
    Catalog catalog =
        Plugins.load(List.of(plugin("p").strategy("One", "acme-one", "end-io").build()));

    assertThatThrownBy(() -> catalog.strategy("acme-on"))
        .hasMessageStartingWith("unknown strategy 'acme-on'; known: i-mutex, ")
        .hasMessageEndingWith(", acme-one");
    assertThatThrownBy(() -> catalog.policy("x"))
        .hasMessageStartingWith("unknown policy 'x'; known: end-io, ");
  }

  @Test
  void aNameThatIsTakenIsRefused() throws IOException {
    assertRefused(
        "acme.One is called 'i-mutex', as is dev.diolab.strategies.IMutexStrategy already",
        plugin("a").strategy("One", "i-mutex", "end-io").build());
    assertRefused(
        "acme.Later is called 'end-io', as is dev.diolab.strategies.EndIoPolicy already",
        plugin("b").policy("Later", "end-io").build());
    assertRefused(
        "acme.Two is called 'acme', as is acme.One already",
        plugin("c").strategy("One", "acme", "end-io").build(),
        plugin("d").strategy("Two", "acme", "end-io").build());
  }

  @Test
  void aBadNameIsRefused() throws IOException {
    assertRefused(
        "acme.One is called 'Acme One', but a name has lower-case letters, digits and hyphens only",
        plugin("a").strategy("One", "Acme One", "end-io").build());
    assertRefused("acme.One is called 'null'", plugin("b").strategy("One", null, "end-io").build());
  }

  @Test
  void aPolicyByDefaultThatNothingOffersIsRefused() throws IOException {
    assertRefused(
        "the strategy acme is run with the policy 'later' by default, which nothing offers",
        plugin("a").strategy("One", "acme", "later").build());
  }

  @Test
  void whatOffersNothingIsRefusedWithTheRemedy() throws IOException {
    assertRefused(
        "offers nothing: name its classes in META-INF/services/dev.diolab.engine.locking.DioStrategy",
        plugin("a").build());
  }

  @Test
  void brokenClassesAreNamed() throws IOException {
    assertRefused("acme.Missing", plugin("a").named("acme.Missing").build());
    assertRefused(
        "acme.Text not a subtype",
        plugin("b").strategySource("Text", "package acme; public class Text {}").build());
    assertRefused(
        "Boom: out of luck",
        plugin("c")
            .strategySource(
                "Fails",
                """
                package acme;
                public class Fails extends Delegate {
                  static class Boom extends RuntimeException {
                    Boom() { super("out of luck"); }
                  }
                  public Fails() { throw new Boom(); }
                }
                abstract class Delegate implements dev.diolab.engine.locking.DioStrategy {
                  public String name() { return "fails"; }
                  public String origin() { return ""; }
                  public String summary() { return ""; }
                  public dev.diolab.engine.locking.Rules rules() { return null; }
                  public java.util.Set<dev.diolab.engine.locking.Guarantee> guarantees() {
                    return null;
                  }
                  public String defaultPolicy() { return "end-io"; }
                  public dev.diolab.engine.locking.InodeLocking attach(
                      dev.diolab.engine.locking.InodeView inode) {
                    return null;
                  }
                }
                """)
            .build());
  }

  @Test
  void aDamagedClassFileIsNamed() throws IOException {
    PluginJar plugin = plugin("a").strategy("One", "acme", "end-io");
    Files.writeString(directory.resolve("a/classes/acme/One.class"), "no class file");

    assertRefused("cannot be loaded", plugin.build());
  }

  @Test
  void whatIsNoJarIsRefused() throws IOException {
    assertRefused("does not exist", directory.resolve("none.jar"));
    assertRefused("is a directory, but must be a jar", directory);
    assertRefused("is no jar: ", Files.writeString(directory.resolve("text.jar"), "text"));
  }

  private PluginJar plugin(String name) throws IOException {
    return PluginJar.in(directory.resolve(name));
  }

  private static void assertRefused(String message, Path... jars) {
    assertThatThrownBy(() -> Plugins.load(List.of(jars)))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining(message);
  }
}
