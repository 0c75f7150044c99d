package org.jkeepalived.config.grammar;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.model.TrackKind;

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
                        "track_" + kind.name().toLowerCase(Locale.ROOT),
                        Arity.LIST,
                        "",
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
                    .doc(TrackedLine.Wording.of(kind).documentation()))
        .toList();
  }
}
