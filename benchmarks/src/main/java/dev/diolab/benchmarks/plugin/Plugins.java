package dev.diolab.benchmarks.plugin;

import dev.diolab.benchmarks.Failure;
import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.DioStrategy;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.jar.JarFile;

/**
 * Loads strategies and conversion policies from jars that offer them as services: files {@code
 * META-INF/services/dev.diolab.engine.locking.DioStrategy} and {@code ...ConversionPolicy} with the
 * names of public classes that have a public constructor without parameters. Each jar has a class
 * loader of its own, so that two jars do not see each other.
 */
public final class Plugins {
  private static final String NAME = "[a-z0-9]+(-[a-z0-9]+)*";

  private final List<DioStrategy> strategies = new ArrayList<>(Catalog.builtIn().strategies());
  private final List<ConversionPolicy> policies = new ArrayList<>(Catalog.builtIn().policies());

  private Plugins() {}

  /**
   * The built-in strategies and policies together with those of {@code jars}. The jars stay open
   * until the JVM ends.
   *
   * @throws Failure when a file is no jar, offers nothing, cannot be loaded, or brings a name that
   *     is taken or not of lower-case letters, digits and hyphens
   */
  public static Catalog load(List<Path> jars) {
    if (jars.isEmpty()) {
      return Catalog.builtIn();
    }
    Plugins plugins = new Plugins();
    jars.forEach(plugins::add);
    Catalog catalog = new Catalog(plugins.strategies, plugins.policies, jars);
    catalog.strategies().forEach(strategy -> requireDefaultPolicy(strategy, catalog));
    return catalog;
  }

  private void add(Path jar) {
    requireJar(jar);
    ClassLoader loader = new URLClassLoader(new URL[] {url(jar)}, Plugins.class.getClassLoader());
    int before = strategies.size() + policies.size();
    add(jar, loader, DioStrategy.class, strategies, DioStrategy::name);
    add(jar, loader, ConversionPolicy.class, policies, ConversionPolicy::name);
    if (strategies.size() + policies.size() == before) {
      throw Failure.usage(
          "plug-in %s offers nothing: name its classes in META-INF/services/%s or META-INF/services/%s"
              .formatted(jar, DioStrategy.class.getName(), ConversionPolicy.class.getName()));
    }
  }

  private static <T> void add(
      Path jar, ClassLoader loader, Class<T> type, List<T> known, Function<T, String> nameOf) {
    try {
      for (Iterator<ServiceLoader.Provider<T>> providers =
              ServiceLoader.load(type, loader).stream().iterator();
          providers.hasNext(); ) {
        ServiceLoader.Provider<T> provider = providers.next();
        if (loader.equals(provider.type().getClassLoader())) {
          add(jar, provider.get(), known, nameOf);
        }
      }
    } catch (Failure e) {
      throw e;
    } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
      throw Failure.usage("plug-in %s cannot be loaded: %s".formatted(jar, reason(e)));
    }
  }

  private static <T> void add(Path jar, T loaded, List<T> known, Function<T, String> nameOf) {
    String name = nameOf.apply(loaded);
    if (name == null || !name.matches(NAME)) {
      throw Failure.usage(
          "plug-in %s: %s is called '%s', but a name has lower-case letters, digits and hyphens only"
              .formatted(jar, loaded.getClass().getName(), name));
    }
    for (T other : known) {
      if (nameOf.apply(other).equals(name)) {
        throw Failure.usage(
            "plug-in %s: %s is called '%s', as is %s already; give it another name"
                .formatted(jar, loaded.getClass().getName(), name, other.getClass().getName()));
      }
    }
    known.add(loaded);
  }

  private static void requireDefaultPolicy(DioStrategy strategy, Catalog catalog) {
    String policy = strategy.defaultPolicy();
    if (catalog.policies().stream().noneMatch(known -> known.name().equals(policy))) {
      throw Failure.usage(
          "the strategy %s is run with the policy '%s' by default, which nothing offers"
              .formatted(strategy.name(), policy));
    }
  }

  private static void requireJar(Path jar) {
    if (!Files.exists(jar)) {
      throw Failure.usage("plug-in %s does not exist".formatted(jar));
    }
    if (Files.isDirectory(jar)) {
      throw Failure.usage("plug-in %s is a directory, but must be a jar".formatted(jar));
    }
    try {
      new JarFile(jar.toFile()).close();
    } catch (IOException e) {
      throw Failure.usage("plug-in %s is no jar: %s".formatted(jar, Failure.messageOf(e)));
    }
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new AssertionError("every file has a URL: " + jar, e);
    }
  }

  /** The message, and that of the cause where it says more than the exception around it. */
  private static String reason(Throwable e) {
    Throwable cause = e.getCause();
    return cause == null
        ? Failure.messageOf(e)
        : Failure.messageOf(e)
            + " ("
            + cause.getClass().getSimpleName()
            + ": "
            + Failure.messageOf(cause)
            + ")";
  }
}
