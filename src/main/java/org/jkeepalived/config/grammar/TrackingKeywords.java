package org.jkeepalived.config.grammar;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.model.TrackKind;
import org.jkeepalived.model.TrackKind.Trait;

/** {@code track_interface} and its kin, in {@code vrrp_instance} and {@code vrrp_sync_group}. */
final class TrackingKeywords {

  private TrackingKeywords() {}

  /**
   * The keywords.
   *
   * @param draftOf the part of the draft that they fill
   */
  static <T extends Draft> List<Keyword<T>> table(Function<T, TrackingDraft> draftOf) {
    return Arrays.stream(TrackKind.values())
        .map(
            kind ->
                Keyword.<T>custom(
                        kind.keyword(),
                        Arity.LIST,
                        syntax(kind),
                        (statement, draft, report) ->
                            statement
                                .block()
                                .ifPresent(
                                    block ->
                                        block
                                            .statements()
                                            .forEach(
                                                line ->
                                                    TrackedLine.read(
                                                        kind,
                                                        line,
                                                        "(" + draft.name() + ") ",
                                                        draftOf.apply(draft),
                                                        report))))
                    .doc(kind.words().documentation()))
        .toList();
  }

  private static String syntax(TrackKind kind) {
    int most = kind.weights().greatest();
    String option = kind.has(Trait.NOREVERSE) ? "reverse|noreverse" : "reverse";
    return "NAME [weight " + -most + ".." + most + " [" + option + "]]";
  }
}
