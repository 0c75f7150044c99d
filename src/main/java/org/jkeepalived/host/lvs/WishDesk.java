package org.jkeepalived.host.lvs;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jkeepalived.lvs.ServerFinder;
import org.jkeepalived.lvs.VirtualServers;
import org.jkeepalived.lvs.Wish;
import org.jkeepalived.lvs.check.CheckedServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the operator says what is to become of real servers, from any thread. What is to hold over
 * a restart is in a file before it is said to be done.
 */
public final class WishDesk {

  private static final Logger LOG = LoggerFactory.getLogger(WishDesk.class);

  private final Executor loop;
  private final VirtualServers servers;
  private final WishFile file;

  /** What the file says, or is about to say; known on the loop. */
  private String written = "";

  /**
   * What has come of it.
   *
   * @param trouble what could not be done
   */
  public record Answer(List<String> lines, Optional<String> trouble) {
    public Answer {
      lines = List.copyOf(lines);
      Objects.requireNonNull(trouble);
    }
  }

  /** What is done, and what the file is to say, if that is something else now. */
  private record Done(Answer answer, Optional<String> text) {}

  /**
   * @param loop of the thread that owns {@code servers}
   */
  WishDesk(Executor loop, VirtualServers servers, WishFile file) {
    this.loop = loop;
    this.servers = servers;
    this.file = file;
  }

  /** Has the wishes in force that an earlier run has saved; before virtual servers start. */
  void restore() {
    Map<CheckedServer, Wish> saved = file.read();
    written = WishFile.text(saved);
    servers.wishAtFirst(saved);
  }

  /**
   * Says what is to become of a real server.
   *
   * @param service the virtual server, as the operator names it
   * @param server the real server, likewise
   * @param weight that it is to have; empty for what checks and configuration say
   * @param save over a restart, too
   * @param asker for the log
   * @param files the thread on which a file may be written
   */
  public CompletableFuture<Answer> wish(
      String service,
      String server,
      OptionalLong weight,
      boolean save,
      String asker,
      Executor files) {
    return CompletableFuture.supplyAsync(
            () -> {
              ServerFinder.Found found = ServerFinder.find(servers.names(), service, server);
              return found
                  .server()
                  .map(name -> wish(name, weight, save, asker))
                  .orElseGet(
                      () ->
                          new Done(
                              new Answer(List.of(), Optional.of(found.complaint())),
                              Optional.empty()));
            },
            loop)
        .thenCompose(done -> saved(done, files));
  }

  private Done wish(CheckedServer name, OptionalLong weight, boolean save, String asker) {
    Optional<Wish> before = Optional.ofNullable(servers.wishes().get(name));
    OptionalLong saved = before.map(Wish::saved).orElse(OptionalLong.empty());
    Optional<Wish> wish =
        weight.isPresent()
            ? Optional.of(new Wish(weight.getAsLong(), save ? weight : saved))
            : Optional.empty();
    String what = wish.map(one -> text(one.weight())).orElse("as its checks say");
    String line =
        "Real server "
            + name.server()
            + " of VS "
            + name.service()
            + " is "
            + what
            + afterRestart(weight, save, saved);
    LOG.info("{}, asked for by {}", line, asker);
    servers.wish(name, wish);
    String text = WishFile.text(servers.wishes());
    boolean same = text.equals(written);
    written = text;
    return new Done(
        new Answer(List.of(line), Optional.empty()), same ? Optional.empty() : Optional.of(text));
  }

  private static String text(long weight) {
    return weight == 0 ? "drained" : "to have weight " + weight;
  }

  /** What holds then: a wish that was saved is not forgotten because of one that is not. */
  private static String afterRestart(OptionalLong weight, boolean save, OptionalLong saved) {
    if (save) {
      return ", saved";
    }
    if (saved.isEmpty()) {
      return "";
    }
    if (weight.isEmpty()) {
      return ", and nothing is saved any more";
    }
    return weight.equals(saved)
        ? ", as is saved"
        : "; after a restart it is " + text(saved.getAsLong()) + ", as is saved";
  }

  private CompletableFuture<Answer> saved(Done done, Executor files) {
    if (done.text().isEmpty()) {
      return CompletableFuture.completedFuture(done.answer());
    }
    return CompletableFuture.supplyAsync(
        () -> {
          Optional<String> trouble = file.write(done.text().get());
          trouble.ifPresent(
              why -> {
                LOG.error("{}: a restart may not know what is wished of real servers", why);
                loop.execute(() -> written = "not known");
              });
          return new Answer(
              done.answer().lines(),
              trouble.map(why -> "It is done, but a restart may not know: " + why));
        },
        files);
  }
}
