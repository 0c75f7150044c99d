package org.jkeepalived.control.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jkeepalived.status.Html;
import org.jkeepalived.status.RefusedText;
import org.jkeepalived.status.SinceText;
import org.jkeepalived.status.Snapshot;

/** {@code /}: how everything is, for people. It is whole in itself, and has no script. */
final class OverviewPage implements HttpPage {

  /** How often a browser asks for it again. */
  private static final int REFRESH_SECONDS = 5;

  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  private final String style;
  private final String policy;

  OverviewPage() {
    style = style();
    policy = NOTHING_ELSE + "; style-src 'sha256-" + hash(style) + "'";
  }

  private static String style() {
    try (InputStream in = OverviewPage.class.getResourceAsStream("page.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java VM has it", e);
    }
  }

  @Override
  public String path() {
    return "/";
  }

  @Override
  public String contentType() {
    return "text/html; charset=utf-8";
  }

  @Override
  public String policy() {
    return policy;
  }

  @Override
  public void write(HttpLook look, Consumer<String> pieces) {
    String host = Html.escaped(hostName());
    pieces.accept(
        "<!DOCTYPE html>\n<html lang=en><head><meta charset=utf-8>\n"
            + "<meta http-equiv=refresh content="
            + REFRESH_SECONDS
            + ">\n<meta name=viewport content=\"width=device-width, initial-scale=1\">\n<title>"
            + host
            + " - jkeepalived</title>\n<style>"
            + style
            + "</style></head>\n<body><header><h1>"
            + host
            + "</h1><p>"
            + Html.escaped(look.subject() + ", ready for " + SinceText.age(look.readyNanos()))
            + "</p>"
            + RefusedText.lines(look.figures().reloads(), look.context().clock()).stream()
                .map(line -> "<p><span class=bad>" + Html.escaped(line) + "</span></p>")
                .collect(Collectors.joining())
            + "</header>\n<main>\n");
    for (Snapshot part : look.parts()) {
      part.page(look.context(), pieces);
    }
    pieces.accept("</main></body></html>\n");
  }

  /** As it is now; the kernel tells at once. */
  private static String hostName() {
    try {
      return Files.readString(HOST_NAME).strip();
    } catch (IOException withoutProc) {
      return "this machine";
    }
  }
}
