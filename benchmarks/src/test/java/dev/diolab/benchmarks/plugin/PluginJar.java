package dev.diolab.benchmarks.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.strategies.Strategies;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Compiles sources and packs them as a plug-in, as its author would. */
public final class PluginJar {
  private final Path directory;
  private final StringBuilder strategies = new StringBuilder();
  private final StringBuilder policies = new StringBuilder();

  private PluginJar(Path directory) {
    this.directory = directory;
  }

  /** A plug-in that is made in {@code directory}, which it makes. */
  public static PluginJar in(Path directory) throws IOException {
    Files.createDirectories(directory.resolve("classes"));
    return new PluginJar(directory);
  }

  /** Adds a strategy that locks as {@code i-mutex} does. */
  public PluginJar strategy(String type, @Nullable String name, String defaultPolicy)
      throws IOException {
    strategies.append("acme.").append(type).append('\n');
    return compile(
        type,
        """
        package acme;
        import dev.diolab.engine.locking.*;
        import dev.diolab.strategies.Strategies;
        import java.util.Set;
        public class %s implements DioStrategy {
          private final DioStrategy mutex = Strategies.byName("i-mutex");
          public String name() { return %s; }
          public String origin() { return "Acme, 2026"; }
          public String summary() { return "as i-mutex"; }
          public Rules rules() { return mutex.rules(); }
          public Set<Guarantee> guarantees() { return mutex.guarantees(); }
          public String defaultPolicy() { return "%s"; }
          public InodeLocking attach(InodeView inode) { return mutex.attach(inode); }
        }
        """
            .formatted(type, name == null ? "null" : '"' + name + '"', defaultPolicy));
  }

  /** Adds a policy that does as {@code end-io} does. */
  public PluginJar policy(String type, String name) throws IOException {
    policies.append("acme.").append(type).append('\n');
    return compile(
        type,
        """
        package acme;
        import dev.diolab.engine.locking.*;
        import dev.diolab.strategies.Policies;
        import java.util.Set;
        public class %s implements ConversionPolicy {
          private final ConversionPolicy endIo = Policies.byName("end-io");
          public String name() { return "%s"; }
          public String origin() { return "Acme, 2026"; }
          public String summary() { return "as end-io"; }
          public Set<Guarantee> guarantees() { return endIo.guarantees(); }
          public void endIo(UnwrittenWrite write) throws java.io.IOException { endIo.endIo(write); }
        }
        """
            .formatted(type, name));
  }

  /** Adds a class as it stands, in the package {@code acme}, and names it as a strategy. */
  public PluginJar strategySource(String type, String source) throws IOException {
    strategies.append("acme.").append(type).append('\n');
    return compile(type, source);
  }

  /** Adds a class as it stands, in the package {@code acme}, and names it as a policy. */
  public PluginJar policySource(String type, String source) throws IOException {
    policies.append("acme.").append(type).append('\n');
    return compile(type, source);
  }

  /** Names a class as a strategy, whether there is one or not. */
  public PluginJar named(String type) {
    strategies.append(type).append('\n');
    return this;
  }

  /** Packs what there is. */
  public Path build() throws IOException {
    Path jar = directory.resolve(directory.getFileName() + ".jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(directory.resolve("classes"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        put(
            out,
            directory.resolve("classes").relativize(file).toString(),
            Files.readAllBytes(file));
      }
      service(out, "DioStrategy", strategies);
      service(out, "ConversionPolicy", policies);
    }
    return jar;
  }

  private static void service(JarOutputStream out, String type, StringBuilder classes)
      throws IOException {
    if (!classes.isEmpty()) {
      put(
          out,
          "META-INF/services/dev.diolab.engine.locking." + type,
          classes.toString().getBytes(UTF_8));
    }
  }

  private static void put(JarOutputStream out, String name, byte[] bytes) throws IOException {
    out.putNextEntry(new ZipEntry(name));
    out.write(bytes);
    out.closeEntry();
  }

  private PluginJar compile(String type, String source) throws IOException {
    Path file = Files.writeString(directory.resolve(type + ".java"), source);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, UTF_8)) {
      boolean done =
          compiler
              .getTask(
                  messages,
                  files,
                  null,
                  List.of(
                      "-proc:none",
                      "-cp",
                      origin(DioStrategy.class) + ":" + origin(Strategies.class),
                      "-d",
                      directory.resolve("classes").toString()),
                  null,
                  files.getJavaFileObjects(file))
              .call();
      if (!done) {
        throw new AssertionError("the plug-in does not compile: " + messages);
      }
    }
    return this;
  }

  private static Path origin(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
