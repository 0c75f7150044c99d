package org.jkeepalived.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jkeepalived.config.grammar.KeywordManual;

/**
 * Writes what packages bring besides the program: manual pages and completion, out of the
 * declarations. A program of the build's; the daemon never runs it.
 */
public final class Documents {

  // RFC 1952: byte 8 tells how hard it was tried
  private static final int EXTRA_FLAGS = 8;
  private static final byte BEST = 2;

  private Documents() {}

  /**
   * @param arguments the directory that stands for {@code /usr/share}, and files to be compressed
   *     into its {@code man} or {@code doc}: each with the path there
   */
  public static void main(String[] arguments) throws IOException {
    Path share = Path.of(arguments[0]);
    Map<String, picocli.CommandLine> subcommands = Subcommands.declared();
    compress(ProgramManual.page(subcommands), share.resolve("man/man8/jkeepalived.8.gz"));
    compress(KeywordManual.page(), share.resolve("man/man5/jkeepalived.conf.5.gz"));
    for (int i = 1; i + 1 < arguments.length; i += 2) {
      compress(Files.readString(Path.of(arguments[i])), share.resolve(arguments[i + 1]));
    }
    ShellCompletion completion = new ShellCompletion(subcommands);
    write(completion.bash(), share.resolve("bash-completion/completions/jkeepalived"));
    write(completion.zsh(), share.resolve("zsh/vendor-completions/_jkeepalived"));
    write(completion.zsh(), share.resolve("zsh/site-functions/_jkeepalived"));
  }

  private static void write(String text, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void compress(String text, Path file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream packed = new Best(bytes)) {
      packed.write(text.getBytes(StandardCharsets.UTF_8));
    }
    byte[] whole = bytes.toByteArray();
    whole[EXTRA_FLAGS] = BEST; // Java leaves it out; Debian's checks look at it
    Files.createDirectories(file.getParent());
    Files.write(file, whole);
  }

  /** What Debian asks of its packages: as small as it gets. */
  private static final class Best extends GZIPOutputStream {
    Best(OutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }
}
