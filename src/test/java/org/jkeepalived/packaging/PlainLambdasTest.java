package org.jkeepalived.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.util.CheckClassAdapter;

/** The step of the build that makes classes of lambdas. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class PlainLambdasTest {

  /** Every kind of lambda and method reference, and what has to be converted on the way. */
  private static final String SAMPLE =
      """
      import java.util.*;
      import java.util.function.*;

      interface Named {
        String name();
        private String secret(String of) { return name() + of; }
        default Function<String, String> secrets() { return of -> secret(of) + secret("!"); }
        static Supplier<String> fixed() { return () -> "fixed"; }
      }

      public class Sample {
        private final String own;
        Sample(String own) { this.own = own; }
        private String own() { return own; }
        private static int twice(int a) { return 2 * a; }
        static long wide(long a, double b) { return a + (long) b; }
        static String joined(String... words) { return String.join("-", words); }
        interface LongMaker<T> { long make(T a, short b); }
        interface Thrower { void run() throws Exception; }
        class Inner {
          Supplier<String> outer() { return () -> own + own(); }
          Supplier<Inner> maker() { return Inner::new; }
        }
        enum Kind {
          A(x -> x + 1), B(Sample::twice);
          final IntUnaryOperator does;
          Kind(IntUnaryOperator does) { this.does = does; }
        }
        record Pair<A, B>(A a, B b) {
          <C> Pair<C, B> map(Function<? super A, ? extends C> f) {
            return new Pair<>(f.apply(a), b);
          }
        }
        static <T extends Comparable<T>> Comparator<T> natural() { return Comparable::compareTo; }
        static Supplier<String> nothing() { return () -> "nothing"; }

        public static void main(String[] args) throws Exception {
          Sample sample = new Sample("o");
          List<Object> said = new ArrayList<>();
          Supplier<String> bound = sample::own;
          Function<Sample, String> free = Sample::own;
          said.add(bound.get() + free.apply(sample));
          Function<Integer, Integer> boxed = Sample::twice;
          said.add(boxed.apply(4));
          ToLongFunction<Integer> widened = Integer::intValue;
          said.add(widened.applyAsLong(5));
          BiFunction<Integer, Float, Object> both = Sample::wide;
          said.add(both.apply(3, 2.5f));
          LongMaker<String> maker = (a, b) -> a.length() + b;
          said.add(maker.make("four", (short) 3));
          Function<String, Integer> constructor = Integer::new;
          said.add(constructor.apply("77"));
          Function<Integer, int[]> array = int[]::new;
          said.add(array.apply(3).length);
          Supplier<Object> clone = new int[] {1, 2}::clone;
          said.add(((int[]) clone.get()).length);
          Function<String, String> words = Sample::joined;
          said.add(words.apply("alone"));
          Consumer<List<String>> dropped = List::size;
          dropped.accept(List.of());
          BiConsumer<Map<String, Long>, String> put = (m, k) -> m.merge(k, 1L, Long::sum);
          Map<String, Long> counts = new TreeMap<>();
          for (String each : List.of("x", "y", "x")) put.accept(counts, each);
          said.add(counts);
          byte b = 1; short s = 2; char c = 'c'; long l = 4; float f = 5; double d = 6; boolean z = true;
          Supplier<String> all = () -> "" + b + s + c + l + f + d + z + sample.own + args.length;
          said.add(all.get());
          Named named = () -> "n";
          said.add(named.secrets().apply("a") + Named.fixed().get());
          Inner inner = sample.new Inner();
          said.add(inner.outer().get() + (inner.maker().get() != inner));
          said.add(Kind.A.does.applyAsInt(4) + Kind.B.does.applyAsInt(4));
          said.add(new Pair<>("abc", 1).map(String::length).map(i -> i * 2.0));
          List<String> sorted = new ArrayList<>(List.of("b", "a"));
          sorted.sort(natural());
          said.add(sorted);
          said.add(nothing() == nothing());
          Thrower thrower = () -> { throw new java.io.IOException("thrown"); };
          try { thrower.run(); } catch (java.io.IOException e) { said.add(e.getMessage()); }
          Function<Object, String> cast = o -> ((String) o).trim();
          try { cast.apply(3); } catch (ClassCastException e) { said.add("cast"); }
          Function raw = (Function<String, Integer>) String::length;
          try { raw.apply(3); } catch (ClassCastException e) { said.add("no string"); }
          Supplier<String> none = null;
          try { Supplier<String> of = none::get; } catch (NullPointerException e) { said.add("null"); }
          Runnable serial = (Runnable & java.io.Serializable) () -> said.add("serial");
          serial.run();
          IntSupplier character = "x"::length;
          said.add(character.getAsInt());
          ToDoubleFunction<Character> fromChar = x -> x;
          said.add(fromChar.applyAsDouble('a'));
          long first = args.length + 7; long second = first + 1;
          LongUnaryOperator plus = x -> x + first; LongUnaryOperator times = x -> x * second;
          LongUnaryOperator minus = x -> x - first;
          said.add(plus.applyAsLong(3) + " " + times.applyAsLong(3) + " " + minus.applyAsLong(3));
          Function<Character, Object> print = String::valueOf;
          said.add(print.apply('q'));
          said.forEach(System.out::println);
        }
      }
      """;

  @TempDir Path folder;

  private static String run(Path folder, String... command) throws Exception {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of(command));
    Process process =
        new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said;
  }

  private static boolean namesMetafactory(byte[] classFile) {
    // in the table of bootstrap methods; altMetafactory's name ends in another way
    String text = new String(classFile, StandardCharsets.ISO_8859_1);
    return text.contains("\1\0\u000bmetafactory");
  }

  @Test
  void theClassesDoWhatTheLambdasDid() throws Exception {
    Path source = Files.writeString(folder.resolve("Sample.java"), SAMPLE);
    Path compiled = Files.createDirectory(folder.resolve("compiled"));
    int failures =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-nowarn", "-d", compiled.toString(), source.toString());
    assertEquals(0, failures);
    Files.writeString(compiled.resolve("other.txt"), "copied");
    Path plain = folder.resolve("plain");
    run(
        Path.of("").toAbsolutePath(),
        "-cp",
        System.getProperty("java.class.path"),
        "src/build/PlainLambdas.java",
        compiled.toString(),
        plain.toString());
    String before = run(compiled, "-cp", ".", "Sample");
    assertTrue(before.lines().count() > 20, before);
    assertEquals(before, run(plain, "-Xverify:all", "-cp", ".", "Sample"));
    assertEquals("copied", Files.readString(plain.resolve("other.txt")));
    try (Stream<Path> files = Files.walk(plain)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        assertFalse(namesMetafactory(Files.readAllBytes(file)), file.toString());
      }
    }
  }

  /** What is shipped has none, and each of its classes is one that the Java VM takes. */
  @Test
  void theJarHasNoLambdas() throws IOException {
    StringWriter faults = new StringWriter();
    int classes = 0;
    try (JarFile jar = new JarFile("target/jkeepalived.jar")) {
      for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
        if (entry.getName().endsWith(".class")) {
          byte[] bytes;
          try (InputStream from = jar.getInputStream(entry)) {
            bytes = from.readAllBytes();
          }
          assertFalse(namesMetafactory(bytes), entry.getName());
          if (entry.getName().contains("$$Plain")) {
            classes++;
            CheckClassAdapter.verify(
                new ClassReader(bytes),
                getClass().getClassLoader(),
                false,
                new PrintWriter(faults, true));
          }
        }
      }
    }
    assertEquals("", faults.toString());
    assertTrue(classes > 2000, classes + " classes");
  }
}
