package dev.diolab.benchmarks.verify.mutant;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Loads all of the project anew, with some of its classes replaced: the verifier runs in it as it
 * does in the original, but on the mutant. Everything else comes from the loader of the tests.
 */
public final class MutantLoader extends URLClassLoader {
  static {
    registerAsParallelCapable();
  }

  /** Takes the classes in {@code first} before those of the class path. */
  public MutantLoader(List<Path> first) {
    super(urls(first), MutantLoader.class.getClassLoader());
  }

  /** The class path of the tests. */
  static List<Path> classPath() {
    return Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(System.getProperty("java.class.path"))
        .map(Path::of)
        .toList();
  }

  private static URL[] urls(List<Path> first) {
    List<Path> all = new ArrayList<>(first);
    all.addAll(classPath());
    return all.stream().map(MutantLoader::url).toArray(URL[]::new);
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("not on a class path: " + path, e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith("dev.diolab.")) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : findClass(name);
    }
  }
}
