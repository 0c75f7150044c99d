package org.jkeepalived.lvs.check;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.jkeepalived.model.lvs.HttpCheck;
import org.jkeepalived.model.lvs.HttpUrl;

/**
 * genhash(1): asks for a page just as a check does, and prints the digest that a check of it would
 * find.
 *
 * <p>COMPAT: an answer counts whatever its status is, and the exit status is 0 even where there was
 * none.
 */
public final class PageHash {

  /** Takes what is printed. */
  public interface Print {
    void out(String text);

    void err(String text);
  }

  private final Print print;
  private final ByteArrayOutputStream header = new ByteArrayOutputStream();
  private boolean headerShown;

  public PageHash(Print print) {
    this.print = print;
  }

  /**
   * Asks.
   *
   * @param check its first url is asked for
   * @param verbose the page is printed, too
   * @param done is told when all is printed
   */
  public void ask(HttpCheck check, boolean verbose, WebFetcher fetcher, Runnable done) {
    HttpUrl url = check.urls().get(0);
    HttpResponseReader reader =
        verbose
            ? HttpResponseReader.digesting(header::write, this::showBody)
            : HttpResponseReader.digesting(one -> {}, bytes -> {});
    fetcher.fetch(
        HttpChecker.question(check, url, reader),
        ending -> {
          ended(ending, reader, verbose);
          done.run();
        });
  }

  private void ended(WebFetcher.Ending ending, HttpResponseReader reader, boolean verbose) {
    Optional<String> trouble = HttpChecker.trouble(ending.kind());
    if (trouble.isPresent()) {
      print.out(trouble.get() + "\n");
      print.err("genhash: " + ending.reason() + "\n");
      return;
    }
    HttpResponse response = reader.response();
    if (response.fault().isPresent()) {
      print.err("no data received from remote webserver\n");
      print.err("genhash: " + response.fault().get() + "\n");
      return;
    }
    String digest = response.digest().orElseThrow();
    if (verbose) {
      showHeader();
      print.out("\n-----------------------[    HTML hash resulting    ]-----------------------\n");
      print.out(HexDump.of(HexFormat.of().parseHex(digest)));
      print.out("-----------------------[ HTML hash final resulting ]-----------------------\n");
    }
    print.out(digest + "\n");
  }

  private void showHeader() {
    if (headerShown) {
      return;
    }
    headerShown = true;
    byte[] bytes = header.toByteArray();
    print.out("-----------------------[    HTTP Header Buffer    ]-----------------------\n");
    print.out(HexDump.of(bytes));
    print.out("-----------------------[ HTTP Header Ascii Buffer ]-----------------------\n");
    print.out(new String(bytes, StandardCharsets.ISO_8859_1));
    print.out("\n-----------------------[        HTML Buffer        ]-----------------------\n");
  }

  private void showBody(ByteBuffer bytes) {
    showHeader();
    byte[] piece = new byte[bytes.remaining()];
    bytes.get(piece);
    print.out(HexDump.of(piece));
  }
}
