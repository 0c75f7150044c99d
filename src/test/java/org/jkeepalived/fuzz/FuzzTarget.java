package org.jkeepalived.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One method that is fuzzed, found by its name: class {@code …Fuzz}, a method that takes bytes, and
 * its inputs where jazzer-junit looks for them and leaves its findings, in {@code
 * …FuzzInputs/METHOD} under the resources. So a replay needs nothing of the fuzzer.
 *
 * @param className with its package
 */
record FuzzTarget(String className, String method) {

  private static final Path CLASSES = Path.of("target/test-classes");
  private static final Path RESOURCES = Path.of("src/test/resources");
  private static final String SUFFIX = "Fuzz";

  /** One input that was written down. */
  record Input(Path file, byte[] bytes) {
    @Override
    public String toString() {
      return file.toString();
    }
  }

  /** All of them, in the order of their names. */
  static List<FuzzTarget> all() throws IOException {
    try (Stream<Path> files = Files.walk(CLASSES)) {
      return files
          .map(file -> CLASSES.relativize(file).toString())
          .filter(name -> name.endsWith(SUFFIX + ".class"))
          .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
          .sorted()
          .flatMap(FuzzTarget::in)
          .toList();
    }
  }

  private static Stream<FuzzTarget> in(String className) {
    try {
      return Arrays.stream(Class.forName(className).getDeclaredMethods())
          .filter(method -> !method.isSynthetic())
          .filter(method -> !java.lang.reflect.Modifier.isStatic(method.getModifiers()))
          .filter(
              method -> Arrays.equals(method.getParameterTypes(), new Class<?>[] {byte[].class}))
          .map(method -> new FuzzTarget(className, method.getName()));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As {@code packaging/fuzz} calls it. */
  String name() {
    return method.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /** Where its inputs and findings are. */
  Path directory() {
    return RESOURCES.resolve(className.replace('.', '/') + "Inputs").resolve(method);
  }

  /** Those that were written down, and the empty one. */
  List<Input> inputs() {
    Stream<Input> empty = Stream.of(new Input(Path.of("the empty input"), new byte[0]));
    if (!Files.isDirectory(directory())) {
      return empty.toList();
    }
    try (Stream<Path> files = Files.list(directory())) {
      return Stream.concat(empty, files.sorted().map(FuzzTarget::read)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Input read(Path file) {
    try {
      return new Input(file, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Hands it some bytes; what it throws is thrown here. */
  void run(byte[] bytes) throws Exception {
    Class<?> owner = Class.forName(className);
    Constructor<?> constructor = owner.getDeclaredConstructor();
    constructor.setAccessible(true);
    Method target = owner.getDeclaredMethod(method, byte[].class);
    target.setAccessible(true);
    try {
      target.invoke(constructor.newInstance(), (Object) bytes);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (Exception) e.getCause();
    }
  }

  @Override
  public String toString() {
    return name();
  }
}
