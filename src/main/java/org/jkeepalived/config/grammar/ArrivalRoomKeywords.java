package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.ArrivalRoom;
import org.jkeepalived.model.ArrivalRoom.Unit;

/** The keywords about the sockets by which virtual routers hear of others and of the kernel. */
final class ArrivalRoomKeywords {

  private static final Argument<Long> BYTES = Argument.unsigned();

  private ArrivalRoomKeywords() {}

  /** What {@code global_defs} says of it. */
  static final class Draft {
    private Unit unit = Unit.STANDARD;
    private long bytes;
    private long multiplier = ArrivalRoom.MULTIPLIER;

    /** Of an instance that says {@code said} itself. */
    ArrivalRoom complete(OptionalLong said) {
      if (said.isPresent() && said.getAsLong() > 0) {
        return ArrivalRoom.of(Unit.OWN_BYTES, said.getAsLong());
      }
      return switch (unit) {
        case STANDARD -> ArrivalRoom.STANDARD;
        case BYTES, OWN_BYTES -> ArrivalRoom.of(Unit.BYTES, bytes);
        case MTU, ADVERT -> new ArrivalRoom(unit, multiplier);
      };
    }
  }

  /** In {@code vrrp_instance}. */
  static List<Keyword<InstanceDraft>> ofInstances() {
    return List.of(
        new Keyword.Value<InstanceDraft, Long>(
                "kernel_rx_buf_size",
                Arity.OPTIONAL,
                BYTES,
                Optional.empty(),
                (i, bytes) -> i.arrivalBytes = OptionalLong.of(bytes))
            .complains("({name}) invalid kernel_rx_buf_size specified")
            .unlessMissing("({name}) invalid kernel_rx_buf_size specified")
            .standardInWords("what vrrp_rx_bufs_policy says")
            .doc("bytes for advertisements of others that nobody has read yet"));
  }

  /** In {@code global_defs}. */
  static List<Keyword<GlobalDraft>> ofGlobals() {
    return Stream.of(
            List.of(
                Keyword.<GlobalDraft>custom(
                        "vrrp_rx_bufs_policy",
                        Arity.OPTIONAL,
                        "MTU, ADVERT or BYTES",
                        ArrivalRoomKeywords::policy)
                    .standardInWords("four seconds of advertisements, 16 MiB of peers'")
                    .doc(
                        "how much of what others send may wait to be read, for each instance: the"
                            + " link's MTU or an advertisement, each vrrp_rx_bufs_multiplier times,"
                            + " or a number of bytes"),
                new Keyword.Value<GlobalDraft, Long>(
                        "vrrp_rx_bufs_multiplier",
                        Arity.OPTIONAL,
                        Argument.unsigned(1),
                        Optional.empty(),
                        (g, times) -> g.arrivals.multiplier = times)
                    .complains("Invalid vrrp_rx_bufs_multiplier {value}")
                    .unlessMissing("Invalid vrrp_rx_bufs_multiplier")
                    .standard("3")
                    .doc("how many of them, where vrrp_rx_bufs_policy names MTU or ADVERT")),
            BufferDraft.keywords(
                "vrrp_netlink_cmd_rcv_bufs",
                g -> g.links.command,
                "bytes for the kernel's answers about links, addresses and routes that nobody has"
                    + " read yet"),
            BufferDraft.keywords(
                "vrrp_netlink_monitor_rcv_bufs",
                g -> g.links.monitor,
                "bytes for the kernel's reports of links and addresses that nobody has read yet"))
        .flatMap(List::stream)
        .toList();
  }

  private static void policy(Statement statement, GlobalDraft globals, GrammarReport report) {
    Draft draft = globals.arrivals;
    List<Token> words = statement.arguments();
    if (words.isEmpty()) {
      report.warn(
          statement.keyword(), Grammar.MISSING_PARAMETER_CODE, "vrrp_rx_bufs_policy missing");
      return;
    }
    Token word = words.get(0);
    Optional<Unit> named = words.size() > 1 ? Optional.empty() : unit(word);
    if (named.isPresent()) {
      draft.unit = named.get();
      return;
    }
    Argument.Parsed<Long> parsed = BYTES.parser().apply(word.text());
    parsed.complaint().ifPresent(text -> report.warn(word, "bad-value", text));
    if (parsed.value().isEmpty()) {
      String last = words.get(words.size() - 1).text();
      report.warn(word, "bad-vrrp-rx-bufs-policy", "Invalid vrrp_rx_bufs_policy " + last);
      return;
    }
    draft.unit = Unit.BYTES;
    draft.bytes = parsed.value().get();
  }

  private static Optional<Unit> unit(Token word) {
    return switch (word.text().toUpperCase(Locale.ROOT)) {
      case "MTU" -> Optional.of(Unit.MTU);
      case "ADVERT" -> Optional.of(Unit.ADVERT);
      default -> Optional.empty();
    };
  }
}
