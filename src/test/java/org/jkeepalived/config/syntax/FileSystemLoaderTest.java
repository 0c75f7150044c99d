package org.jkeepalived.config.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileSystemLoaderTest {
  @TempDir private Path folder;
  private final SourceLoader loader = new FileSystemLoader();

  @BeforeEach
  void files() throws IOException {
    Files.createDirectories(folder.resolve("conf.d/deep"));
    for (String name :
        List.of(
            "k.conf",
            "conf.d/b.conf",
            "conf.d/a.conf",
            "conf.d/.hidden.conf",
            "conf.d/[x]",
            "conf.d/deep/c.conf")) {
      Files.writeString(
          folder.resolve(name), "in " + name.replaceAll("[\\[\\]]", "") + " ${_PWD}\n");
    }
  }

  private List<String> resolve(String pattern) {
    return loader.resolve(folder.toString(), pattern);
  }

  @Test
  void names() {
    assertEquals(List.of("k.conf"), resolve("k.conf"));
    assertEquals(List.of("./k.conf"), resolve("./k.conf"));
    assertEquals(List.of("conf.d/../k.conf"), resolve("conf.d/../k.conf"));
    assertEquals(List.of(folder + "/k.conf"), resolve(folder + "/k.conf"));
    assertEquals(List.of("conf.d/"), resolve("conf.d"));
    assertEquals(List.of(), resolve("none.conf"));
    assertEquals(List.of(), resolve("k.conf/x"));
    assertEquals(List.of(), resolve("a\0b"));
    assertEquals(List.of(), resolve(""));
  }

  @Test
  void wildcards() {
    assertEquals(List.of("conf.d/a.conf", "conf.d/b.conf"), resolve("conf.d/*.conf"));
    assertEquals(List.of("conf.d/deep/c.conf"), resolve("*/*/?.con[a-f]"));
    assertEquals(List.of("conf.d/.hidden.conf"), resolve("conf.d/.h*"));
    assertEquals(List.of("conf.d/[x]"), resolve("conf.d/\\[x]"));
    assertEquals(List.of("conf.d/b.conf"), resolve("conf.d/[!a].conf"));
    assertEquals(List.of("conf.d/", "k.conf"), resolve("*"));
    assertEquals(List.of(), resolve("k.conf/*"));
    assertEquals(List.of(), resolve("none/*"));
  }

  @Test
  void reading() throws IOException {
    Path script = folder.resolve("script");
    Files.writeString(script, "x");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rw-r--r-x"));
    Path latin = folder.resolve("latin");
    Files.write(latin, new byte[] {'a', (byte) 0xe9});
    Path utf = folder.resolve("utf");
    Files.write(utf, "a\u00e9\uFFFD".getBytes(StandardCharsets.UTF_8));

    assertEquals("a\u00e9", loader.read(latin.toString()).text().orElseThrow());
    assertEquals("a\u00e9\uFFFD", loader.read(utf.toString()).text().orElseThrow());
    assertEquals("is a directory", error(folder.resolve("conf.d").toString()));
    assertEquals("is not a regular non-executable file", error(script.toString()));
    assertEquals("is not a regular non-executable file", error("/dev/zero"));
    assertEquals("open problem (No such file or directory)", error(folder + "/none"));
    assertEquals("open problem (Invalid argument)", error("a\0b"));
  }

  /** Nothing of it is read, nor all that a pattern finds. */
  @Test
  void whatIsTooLargeIsNotRead() throws IOException {
    Path large = folder.resolve("large");
    try (FileChannel sparse =
        FileChannel.open(large, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      sparse.write(ByteBuffer.wrap(new byte[] {'#'}), 1L << 40);
    }
    assertEquals("is larger than 32 MiB", error(large.toString()));
  }

  @Test
  void filesOfAnIncludeAreReadUntilTheyAreTooMuch() throws IOException {
    Files.createDirectory(folder.resolve("many"));
    for (int i = 10; i < 60; i++) {
      Files.writeString(folder.resolve("many/" + i), "x\n");
    }
    Files.writeString(folder.resolve("k.conf"), "include many/*\n");
    LargeFiles files = new LargeFiles(new FileSystemLoader());
    SyntaxTree tree =
        new ConfigurationParser(files, Parsing.options())
            .parse(folder.resolve("k.conf").toString());
    assertEquals(
        List.of(
            "The configuration grows too large: more than 64 MiB of files; line 1 of "
                + folder.resolve("k.conf")
                + " makes 1 line, 64 MiB, of it: reading stops"),
        tree.diagnostics().stream().map(Diagnostic::message).toList());
    assertEquals(17, files.read.size(), files.read::toString);
  }

  /** Each of the included files has 4 MiB. */
  private static final class LargeFiles implements SourceLoader {
    private static final String TEXT = "#".repeat(4 << 20);

    private final SourceLoader names;
    private final List<String> read = new ArrayList<>();

    LargeFiles(SourceLoader names) {
      this.names = names;
    }

    @Override
    public String directoryOf(String path) {
      return names.directoryOf(path);
    }

    @Override
    public List<String> resolve(String directory, String pattern) {
      return names.resolve(directory, pattern);
    }

    @Override
    public boolean isDirectory(String directory, String path) {
      return names.isDirectory(directory, path);
    }

    @Override
    public Read read(String path) {
      read.add(path);
      return path.endsWith("k.conf") ? names.read(path) : Read.of(TEXT);
    }
  }

  private String error(String path) {
    return loader.read(path).error().orElseThrow();
  }

  @Test
  void includesStartFromTheFileThatHoldsThem() throws IOException {
    Files.writeString(folder.resolve("conf.d/a.conf"), "include deep/*\ninclude b.conf\nend a\n");
    Path link = folder.resolve("link");
    Files.createSymbolicLink(link, folder.resolve("conf.d"));
    Files.writeString(folder.resolve("k.conf"), "include {link/a.conf,conf.d/deep/}\n");
    Path real = folder.toRealPath();

    SyntaxTree tree =
        new ConfigurationParser(loader, Parsing.options())
            .parse(folder.resolve("k.conf").toString());

    assertEquals(
        """
        in conf.d/deep/c.conf %1$s/conf.d/deep
        in conf.d/b.conf %1$s/conf.d
        end a
        """
            .formatted(real),
        TreePrinter.print(tree));
    assertEquals(
        "NOTE include-unreadable %s/k.conf:1:0-34 Configuration file 'conf.d/deep/' is a directory - skipping\n"
            .formatted(folder),
        TreePrinter.printDiagnostics(tree));
  }

  @Test
  void aFileCannotIncludeItselfByAnotherName() throws IOException {
    Files.createSymbolicLink(folder.resolve("again"), folder);
    Files.writeString(folder.resolve("k.conf"), "a\ninclude again/./k.conf\n");

    SyntaxTree tree =
        new ConfigurationParser(loader, Parsing.options())
            .parse(folder.resolve("k.conf").toString());

    assertEquals("a\n", TreePrinter.print(tree));
    assertEquals(
        List.of("Configuration file 'again/./k.conf' open problem (it includes itself) - skipping"),
        tree.diagnostics().stream().map(Diagnostic::message).toList());
  }

  @Test
  void aMissingMainFileIsFatal() {
    SyntaxTree tree = new ConfigurationParser(loader, Parsing.options()).parse(folder + "/none");
    assertEquals(
        "FATAL no-configuration Configuration file '%s/none' open problem (No such file or directory)\n"
            .formatted(folder),
        TreePrinter.printDiagnostics(tree));
  }
}
