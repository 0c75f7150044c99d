package org.jkeepalived.config.grammar;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every keyword that keepalived knows, supported here or not, by the block it stands in. */
final class Catalogue {

  /** The block of what stands outside all blocks. */
  static final String TOP = "(top)";

  private static final Map<String, Map<String, Entry>> BLOCKS = load();

  private Catalogue() {}

  /** What follows a keyword. */
  enum Body {
    LINE,
    BLOCK,
    LIST,
    NAMED_LIST
  }

  /**
   * One keyword.
   *
   * @param path of the block that it opens, if it opens one
   * @param note what there is to say about it; may be empty
   */
  record Entry(String path, Body body, String note) {
    /** Whether today's keepalived no longer knows it. */
    boolean retired() {
      return note.startsWith("retired");
    }
  }

  static Optional<Entry> find(String block, String keyword) {
    return Optional.ofNullable(BLOCKS.getOrDefault(block, Map.of()).get(keyword));
  }

  /** The blocks that know a keyword. */
  static List<String> blocksOf(String keyword) {
    return BLOCKS.entrySet().stream()
        .filter(block -> block.getValue().containsKey(keyword))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The blocks that have keywords. */
  static List<String> blocks() {
    return List.copyOf(BLOCKS.keySet());
  }

  /** The keywords of all blocks, each once. */
  static Set<String> allNames() {
    Set<String> names = new LinkedHashSet<>();
    BLOCKS.values().forEach(keywords -> names.addAll(keywords.keySet()));
    return names;
  }

  /** The keywords of a block. */
  static List<String> names(String block) {
    return List.copyOf(BLOCKS.getOrDefault(block, Map.of()).keySet());
  }

  private static Map<String, Map<String, Entry>> load() {
    Map<String, Map<String, Entry>> blocks = new LinkedHashMap<>();
    for (String line : lines()) {
      if (!line.startsWith("#")) {
        String[] fields = line.split("\t", -1);
        String path = fields[0].equals(TOP) ? fields[1] : fields[0] + "/" + fields[1];
        Body body =
            switch (fields[2]) {
              case "block" -> Body.BLOCK;
              case "list" -> Body.LIST;
              case "named" -> Body.NAMED_LIST;
              default -> Body.LINE;
            };
        blocks
            .computeIfAbsent(fields[0], key -> new LinkedHashMap<>())
            .put(fields[1], new Entry(path, body, fields[3]));
      }
    }
    return blocks;
  }

  private static List<String> lines() {
    try (InputStream stream = Catalogue.class.getResourceAsStream("keywords.tsv")) {
      if (stream == null) {
        throw new IllegalStateException("keywords.tsv is missing from the build");
      }
      List<String> lines = new ArrayList<>();
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
