package org.jkeepalived.config.grammar;

import java.util.ArrayList;
import java.util.List;

/** Every declared keyword, block by block. */
final class DeclaredKeywords {

  private DeclaredKeywords() {}

  /**
   * A keyword where it stands.
   *
   * @param block the block's path; {@link Catalogue#TOP} for outside all blocks
   */
  record Declared(String block, Keyword<?> keyword) {}

  /** All of them: a block's own, each followed by those that stand in it. */
  static List<Declared> all() {
    List<Declared> all = new ArrayList<>();
    collect(TopKeywords.BLOCK, all);
    return all;
  }

  private static void collect(Block<?> block, List<Declared> all) {
    for (Keyword<?> keyword : block.keywords()) {
      all.add(new Declared(block.path(), keyword));
      keyword.inside().ifPresent(inside -> collect(inside, all));
    }
  }
}
