package org.jkeepalived.host.vrrp;

import java.util.Set;
import java.util.concurrent.Executor;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.link.Links;

/**
 * Has {@code promote_secondaries} set on the links that the configuration wants it on, whenever
 * they come, on the thread for what may wait. Lives on the VRRP thread, but for {@link #close}.
 */
final class PromotedLinks implements AutoCloseable {

  private final Executor background;
  private final SecondaryPromotion promotion = new SecondaryPromotion();
  private Set<String> wanted;

  /**
   * @param background runs what may wait for the kernel's routing lock
   * @param wanted the names of the links
   */
  PromotedLinks(Executor background, Set<String> wanted) {
    this.background = background;
    this.wanted = Set.copyOf(wanted);
  }

  /** From now on these links are wanted; those that are there are set. */
  void want(Set<String> names, Links links) {
    wanted = Set.copyOf(names);
    links.all().forEach(this::changed);
  }

  /** A link is there, perhaps a new one. */
  void changed(LinkState link) {
    if (wanted.contains(link.name())) {
      background.execute(() -> promotion.set(link.index()));
    }
  }

  /** Puts every link back as it was; to be called on the background's thread. */
  @Override
  public void close() {
    promotion.close();
  }
}
