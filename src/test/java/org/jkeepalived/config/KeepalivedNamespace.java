package org.jkeepalived.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A network namespace of the test's own, with two links, in which the real keepalived runs. */
public final class KeepalivedNamespace {

  private final String name = "jk-conf-" + ProcessHandle.current().pid();
  private final Path directory;

  public KeepalivedNamespace() throws IOException, InterruptedException {
    directory = Files.createTempDirectory(name);
    must("ip", "netns", "add", name);
    must("ip", "-n", name, "link", "set", "lo", "up");
    for (String link : List.of("ens33", "eth0")) {
      must("ip", "-n", name, "link", "add", link, "type", "veth", "peer", "name", link + "p");
      must("ip", "-n", name, "link", "set", link, "up");
      must("ip", "-n", name, "link", "set", link + "p", "up");
    }
    must("ip", "-n", name, "address", "add", "192.168.32.1/16", "dev", "ens33");
    must("ip", "-n", name, "address", "add", "192.168.64.1/24", "dev", "eth0");
  }

  public static boolean keepalivedInstalled() {
    return Files.isExecutable(Path.of("/usr/sbin/keepalived")) && Files.isWritable(Path.of("/run"));
  }

  /** What {@code keepalived -t} says: each line once, as several of its processes repeat it. */
  Corpus.Answer test(String text) throws IOException, InterruptedException {
    Files.writeString(directory.resolve(Corpus.FILE), text);
    Output output = run(20, "keepalived", "-t", "-f", Corpus.FILE);
    Set<String> lines = new LinkedHashSet<>();
    for (String line : output.text().lines().toList()) {
      // its first pass does not name the only file there is
      lines.add(line.replaceFirst("^\\(Line (\\d+)\\)", "(" + Corpus.FILE + ": Line $1)"));
    }
    return new Corpus.Answer(output.exit(), List.copyOf(lines));
  }

  /** What a keepalived that runs for a moment writes with {@code --dump-conf}. */
  public String dump(String text) throws IOException, InterruptedException {
    Files.writeString(directory.resolve(Corpus.FILE), text);
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(
                ("ip netns exec " + name)
                    .concat(" keepalived -n -l -d -P -f k.conf -p parent.pid -r vrrp.pid")
                    .split(" "))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (process.isAlive()
        && !Files.readString(output).contains("< Interfaces >")
        && System.nanoTime() - deadlineNanos < 0) {
      process.waitFor(20, TimeUnit.MILLISECONDS);
    }
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    return Files.readString(output);
  }

  private Output run(int seconds, String... command) throws IOException, InterruptedException {
    List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", name));
    whole.addAll(List.of(command));
    return start(seconds, whole);
  }

  private Output start(int seconds, List<String> command) throws IOException, InterruptedException {
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new IllegalStateException(command + " does not end");
    }
    return new Output(
        process.exitValue(), new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
  }

  private record Output(int exit, String text) {}

  private void must(String... command) throws IOException, InterruptedException {
    Output output = start(10, List.of(command));
    if (output.exit() != 0) {
      throw new IllegalStateException(List.of(command) + ": " + output.text());
    }
  }

  /** Removes the namespace and all files. */
  public void close() throws IOException, InterruptedException {
    start(10, List.of("ip", "netns", "delete", name));
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
