package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.model.ReceiveBuffer;

/** What has been read of {@code …_rcv_bufs} and {@code …_rcv_bufs_force}. */
final class BufferDraft {

  private OptionalLong bytes = OptionalLong.empty();
  private boolean forced;

  ReceiveBuffer complete() {
    return new ReceiveBuffer(bytes, forced);
  }

  /**
   * The two keywords of {@code global_defs}.
   *
   * @param purpose what the bytes are for
   */
  static List<Keyword<GlobalDraft>> keywords(
      String name, Function<GlobalDraft, BufferDraft> of, String purpose) {
    return List.of(
        new Keyword.Value<GlobalDraft, Long>(
                name,
                Arity.OPTIONAL,
                Argument.unsigned(),
                Optional.empty(),
                (g, bytes) -> of.apply(g).bytes = OptionalLong.of(bytes))
            .complains(name + " size ({value}) invalid")
            .unlessMissing(name + " size missing")
            .standardInWords("what it takes by itself, and never less")
            .doc(purpose),
        Keyword.<GlobalDraft>toggle(name + "_force", (g, on) -> of.apply(g).forced = on)
            .complains("Invalid value '{value}' for global " + name + "_force specified")
            .standard("off")
            .doc(
                "more bytes than the system allows, which are taken anyway where that is"
                    + " permitted"));
  }
}
