package org.jkeepalived.control.http;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real browser without a window, which asks nobody but whom it is sent to. */
public final class Browser {

  private static final Path PROGRAM = Path.of("/usr/bin/chromium");

  private static final long PATIENCE_SECONDS = 60;

  private final Path folder;

  /**
   * What it made of a page.
   *
   * @param document as it stands in its memory, after everything that it loads
   * @param complaints what it said of it, among other things
   */
  public record Seen(String document, String complaints) {}

  private Browser(Path folder) {
    this.folder = folder;
  }

  /**
   * The one that is installed; the test is skipped where none is.
   *
   * @param folder is left with its files in it
   */
  public static Browser installed(Path folder) {
    assumeTrue(
        Files.isExecutable(PROGRAM), "there is no " + PROGRAM + ": see packaging/setup.sh test");
    return new Browser(folder);
  }

  /**
   * Looks at a page.
   *
   * @param place the command that runs another one where the page can be reached, or nothing
   */
  public Seen look(String url, String... place) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(place));
    command.add(PROGRAM.toString());
    command.addAll(
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--disable-extensions",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--enable-logging=stderr",
            "--user-data-dir=" + folder.resolve("profile"),
            "--dump-dom",
            url));
    File document = folder.resolve("document").toFile();
    File complaints = folder.resolve("complaints").toFile();
    Process process =
        new ProcessBuilder(command).redirectOutput(document).redirectError(complaints).start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError("the browser does not end\n" + read(complaints));
    }
    return new Seen(read(document), read(complaints));
  }

  private static String read(File file) throws IOException {
    return Files.readString(file.toPath(), StandardCharsets.UTF_8);
  }
}
