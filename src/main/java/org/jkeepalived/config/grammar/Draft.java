package org.jkeepalived.config.grammar;

import org.jkeepalived.config.syntax.Token;

/** What a block's table fills while the block is read. */
interface Draft {

  /** The name that messages call the block by; empty for blocks that have none. */
  String name();

  /** Hears that a keyword's parameter is missing, and that what follows from it is not news. */
  default void broken() {}

  /** Hears of each keyword that is read, so that later remarks can point at it. */
  default void saw(Token keyword) {}
}
