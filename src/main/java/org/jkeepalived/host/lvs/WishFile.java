package org.jkeepalived.host.lvs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jkeepalived.linux.file.FileError;
import org.jkeepalived.linux.file.RegularFile;
import org.jkeepalived.linux.file.SmallFile;
import org.jkeepalived.lvs.Wish;
import org.jkeepalived.lvs.check.CheckedServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the operator wishes of real servers over a restart, a line each: {@code SERVICE TAB SERVER
 * TAB WEIGHT}, the names as the log has them.
 */
public final class WishFile {

  private static final Logger LOG = LoggerFactory.getLogger(WishFile.class);

  private static final int MOST_BYTES = 1 << 20;
  private static final Pattern LINE = Pattern.compile("([^\\t]+)\\t([^\\t]+)\\t(\\d{1,10})");
  private static final String HEAD =
      "# Weights of real servers over a restart, until jkeepalived server VS RS enable\n";

  private final Path path;

  public WishFile(Path path) {
    this.path = path;
  }

  /** What was written last; a file that cannot be read is complained of, and says nothing. */
  public Map<CheckedServer, Wish> read() {
    Map<CheckedServer, Wish> wishes = new LinkedHashMap<>();
    SmallFile file = SmallFile.read(path.toString(), MOST_BYTES);
    if (file.kind() == SmallFile.Kind.MISSING) {
      return wishes;
    }
    if (file.kind() != SmallFile.Kind.REGULAR || file.bytes().length == MOST_BYTES) {
      LOG.error(
          "{}: which real servers are drained is not known: {}",
          path,
          file.error().map(Object::toString).orElse("no file of ours"));
      return wishes;
    }
    for (String text : new String(file.bytes(), StandardCharsets.UTF_8).lines().toList()) {
      Matcher line = LINE.matcher(text);
      if (line.matches() && Long.parseLong(line.group(3)) <= Integer.MAX_VALUE) {
        wishes.put(
            new CheckedServer(line.group(2), line.group(1)),
            Wish.lasting(Long.parseLong(line.group(3))));
      } else if (!text.startsWith("#")) {
        LOG.error("{}: left out what is not understood: {}", path, text);
      }
    }
    return wishes;
  }

  /** The text that says what is to be saved of these; nothing for nothing. */
  static String text(Map<CheckedServer, Wish> wishes) {
    StringBuilder text = new StringBuilder();
    wishes.forEach(
        (name, wish) -> {
          if (wish.saved().isPresent()) {
            text.append(text.isEmpty() ? HEAD : "")
                .append(name.service())
                .append('\t')
                .append(name.server())
                .append('\t')
                .append(wish.saved().getAsLong())
                .append('\n');
          }
        });
    return text.toString();
  }

  /**
   * Has the file say something else; one that says nothing is removed.
   *
   * @return why that could not be done; empty if it was
   */
  Optional<String> write(String text) {
    try {
      if (text.isEmpty()) {
        RegularFile.remove(path);
      } else {
        RegularFile.replace(path, text);
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(FileError.text(e, path));
    }
  }
}
