package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.model.AutoPriority;

/** The keywords of {@code global_defs} about the priority that the operating system gives us. */
final class PriorityKeywords {

  private static final long NANOS_PER_MICRO = 1_000L;
  private static final int MOST_DELAY_MICROS = 10_000_000;

  private PriorityKeywords() {}

  static List<Keyword<GlobalDraft>> table() {
    return List.of(
        new Keyword.Value<GlobalDraft, Integer>(
                "max_auto_priority",
                Arity.OPTIONAL,
                Argument.integer(AutoPriority.NO_ADVICE, AutoPriority.HIGHEST),
                Optional.of(AutoPriority.HIGHEST),
                (g, most) ->
                    g.autoPriority = new AutoPriority(most, g.autoPriority.minDelayNanos()))
            .complains(
                "max_auto_priority '{value}' must be in [0, 99] (or -1 to disable) - ignoring")
            .standard("0", "none, and a notice at the start, which -1 spares")
            .doc("how far VRRP's real-time priority may rise, a step each time a timer is late"),
        new Keyword.Value<GlobalDraft, Integer>(
                "min_auto_priority_delay",
                Arity.OPTIONAL,
                Argument.signed(1, MOST_DELAY_MICROS),
                Optional.empty(),
                (g, micros) ->
                    g.autoPriority =
                        new AutoPriority(g.autoPriority.most(), micros * NANOS_PER_MICRO))
            .complains("min_auto_priority_delay '{value}' must be in [1, 10000000] - ignoring")
            .unlessMissing("min_auto_priority_delay requires delay time")
            .standard("1000000")
            .doc("microseconds that a timer is late before max_auto_priority has an effect"));
  }
}
