package org.jkeepalived.host.vrrp;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jkeepalived.kernel.KernelSetting;
import org.jkeepalived.kernel.KernelSetting.Name;
import org.jkeepalived.kernel.KernelSetting.Place;
import org.jkeepalived.link.Links;
import org.jkeepalived.linux.file.ProcSetting;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.vrrp.VirtualLinks;
import org.jkeepalived.vrrp.VrrpContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The links that are made for virtual routers, from the first configuration on that wants any: who
 * needs them waits until they are there. Lives on the VRRP thread.
 */
final class MadeLinks {

  private static final Logger LOG = LoggerFactory.getLogger(MadeLinks.class);

  /** How long to wait for links; a kernel that is that busy answers later. */
  private static final long PATIENCE_NANOS = 3_000_000_000L;

  private static final Path CONF = Path.of("/proc/sys/net/ipv4/conf");

  private final EventLoop loop;
  private final Executor background;
  private final VrrpContext context;
  private final Links links;
  private Optional<VirtualLinks> made = Optional.empty();
  private final List<Runnable> waiting = new ArrayList<>();

  /**
   * @param background looks at what may have to wait for the kernel
   */
  MadeLinks(EventLoop loop, Executor background, VrrpContext context, Links links) {
    this.loop = loop;
    this.background = background;
    this.context = context;
    this.links = links;
  }

  /**
   * Has the links of a configuration made, besides those that are there.
   *
   * @param then is run once it is known of each whether it is there
   */
  void make(Configuration configuration, Runnable then) {
    if (made.isEmpty() && configuration.makesLinks()) {
      VirtualLinks first = new VirtualLinks(context, links, this::look, this::settled);
      links.addListener(first);
      made = Optional.of(first);
    }
    if (made.isEmpty()) {
      then.run();
      return;
    }
    waiting.add(then);
    made.get().add(configuration);
    settled();
    if (!waiting.isEmpty()) {
      loop.timers().timer((deadline, now) -> goOn()).arm(loop.nowNanos() + PATIENCE_NANOS);
    }
  }

  private void settled() {
    if (!waiting.isEmpty() && made.isPresent() && made.get().areSettled()) {
      goOn();
    }
  }

  private void goOn() {
    List<Runnable> ready = List.copyOf(waiting);
    waiting.clear();
    ready.forEach(Runnable::run);
  }

  /** Has no others than those of a configuration. */
  void keepOnly(Configuration configuration) {
    made.ifPresent(there -> there.keepOnly(configuration));
  }

  /** Has none any more. */
  void stop() {
    made.ifPresent(VirtualLinks::stop);
  }

  // ---- how links are set ----

  private void look(Set<String> bases, Consumer<Map<Place, Integer>> answer) {
    background.execute(
        () -> {
          Map<Place, Integer> found = new LinkedHashMap<>();
          try {
            for (String base : bases) {
              put(new Place(base, Name.ARP_IGNORE), found);
              put(new Place(base, Name.ARP_FILTER), found);
            }
            lookAtFilters(found);
          } finally {
            loop.execute(() -> answer.accept(found));
          }
        });
  }

  private static void lookAtFilters(Map<Place, Integer> found) {
    Place all = new Place(KernelSetting.ALL, Name.RP_FILTER);
    put(all, found);
    if (found.getOrDefault(all, 0) == 0) {
      return;
    }
    try (DirectoryStream<Path> names = Files.newDirectoryStream(CONF)) {
      names.forEach(name -> put(new Place(name.getFileName().toString(), Name.RP_FILTER), found));
    } catch (IOException e) {
      LOG.warn("cannot look at {}: {}", CONF, e.getMessage());
    }
  }

  private static void put(Place place, Map<Place, Integer> found) {
    OptionalInt value = ProcSetting.read(place.path());
    value.ifPresent(number -> found.put(place, number));
  }
}
