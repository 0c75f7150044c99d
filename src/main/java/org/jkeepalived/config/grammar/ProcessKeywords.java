package org.jkeepalived.config.grammar;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.AutoPriority;
import org.jkeepalived.model.ProcessSettings;

/** The keywords of {@code global_defs} about one of keepalived's processes. */
final class ProcessKeywords {

  private static final Argument<Integer> REAL_TIME =
      Argument.integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
  private static final Pattern LEADING_NUMBER = Pattern.compile("[-+]?[0-9]{1,18}");

  private final String process;
  private final String threads;
  private final Function<GlobalDraft, ProcessDraft> drafts;

  /**
   * @param process as it is called in the keywords
   * @param threads those that do its work, for people
   * @param drafts what has been read of it
   */
  private ProcessKeywords(
      String process, String threads, Function<GlobalDraft, ProcessDraft> drafts) {
    this.process = process;
    this.threads = threads;
    this.drafts = drafts;
  }

  static List<Keyword<GlobalDraft>> ofChecker() {
    ProcessKeywords checker =
        new ProcessKeywords("checker", "the threads of virtual servers", g -> g.checkerProcess);
    return List.of(
        checker.threadName("checker_process_name", "lvs", "of virtual servers"),
        checker
            .threadName("lvs_process_name", "lvs", "of virtual servers")
            .oldSpellingOf("checker_process_name"),
        checker.priority(ProcessSettings.STANDARD),
        checker.noSwap(),
        checker.realTimePriority(),
        checker.processors(),
        checker.realTimeLimit("checker_rlimit_rttime"),
        checker.realTimeLimit("checker_rlimit_rtime").oldSpellingOf("checker_rlimit_rttime"));
  }

  static List<Keyword<GlobalDraft>> ofVrrp() {
    ProcessKeywords vrrp = new ProcessKeywords("vrrp", "the thread of VRRP", g -> g.vrrpProcess);
    return List.of(
        vrrp.threadName("vrrp_process_name", "vrrp", "of VRRP"),
        vrrp.priority(ProcessSettings.VRRP),
        vrrp.noSwap(),
        vrrp.realTimePriority(),
        vrrp.processors(),
        vrrp.realTimeLimit("vrrp_rlimit_rttime"),
        vrrp.realTimeLimit("vrrp_rlimit_rtime").oldSpellingOf("vrrp_rlimit_rttime"));
  }

  /** The daemon as a whole, and how all are called. */
  static List<Keyword<GlobalDraft>> names() {
    return List.of(
        new ProcessKeywords("", "", g -> g.wholeProcess)
            .name("process_name")
            .standardInWords("the name that it was started by")
            .doc("what the kernel, and so ps, pgrep and top, calls the process"),
        new ProcessKeywords("bfd", "", g -> new ProcessDraft(ProcessSettings.STANDARD))
            .name("bfd_process_name")
            .inert()
            .doc("there is no BFD yet"),
        Keyword.<GlobalDraft>flag("process_names", g -> g.usualProcessNames = true)
            .doc(
                "keepalived, keepalived_vrrp and keepalived_ipvs where nothing else is said: the"
                    + " process, and its threads of VRRP and of virtual servers"));
  }

  private Keyword<GlobalDraft> threadName(String keyword, String standard, String whose) {
    return name(keyword)
        .standardInWords(standard)
        .doc("what the kernel, and so ps -L and top -H, calls the thread " + whose);
  }

  private Keyword<GlobalDraft> name(String keyword) {
    return Keyword.<GlobalDraft>custom(
        keyword,
        Arity.REQUIRED,
        "NAME",
        (statement, g, report) -> {
          Token word = statement.arguments().get(0);
          String kept = beginning(word.text());
          if (!kept.equals(word.text())) {
            report.warn(
                word,
                "bad-process-name",
                "Process name "
                    + word.text()
                    + " more than "
                    + ProcessSettings.NAME_BYTES
                    + " characters, truncating");
          }
          drafts.apply(g).name = Optional.of(kept).filter(text -> !text.isEmpty());
        });
  }

  /** As many whole characters as the kernel keeps. */
  private static String beginning(String name) {
    String kept = name;
    while (kept.getBytes(StandardCharsets.UTF_8).length > ProcessSettings.NAME_BYTES) {
      kept = kept.substring(0, kept.offsetByCodePoints(kept.length(), -1));
    }
    return kept;
  }

  private Keyword<GlobalDraft> priority(ProcessSettings standard) {
    return new Keyword.Value<GlobalDraft, Integer>(
            process + "_priority",
            Arity.OPTIONAL,
            Argument.integer(ProcessSettings.LEAST_NICE, ProcessSettings.MOST_NICE),
            Optional.empty(),
            (g, nice) -> drafts.apply(g).nice = nice)
        .complains("Invalid " + process + " process priority specified")
        .unlessMissing("No " + process + " process priority specified")
        .standard(Integer.toString(standard.nice()))
        .doc("the nice value of " + threads + ": -20 is the most urgent");
  }

  private Keyword<GlobalDraft> noSwap() {
    return Keyword.<GlobalDraft>flag(process + "_no_swap", g -> drafts.apply(g).locked = true)
        .doc("the daemon's memory, all of it, stays in memory");
  }

  private Keyword<GlobalDraft> realTimePriority() {
    return Keyword.<GlobalDraft>custom(
            process + "_rt_priority",
            Arity.OPTIONAL,
            Argument.integer(1, AutoPriority.HIGHEST).values(),
            this::realTimePriority)
        .unlessMissing("No " + process + " process real-time priority specified")
        .standardInWords("none")
        .doc("the real-time priority of " + threads);
  }

  private void realTimePriority(Statement statement, GlobalDraft globals, GrammarReport report) {
    Token word = statement.arguments().get(0);
    Argument.Parsed<Integer> parsed = REAL_TIME.parser().apply(word.text());
    parsed.complaint().ifPresent(text -> report.warn(word, "bad-value", text));
    String code = "bad-" + process + "-rt-priority";
    String whose = process + " process real-time priority ";
    if (parsed.value().isEmpty()) {
      report.warn(word, code, whose + "'" + word.text() + "' invalid");
      return;
    }
    int wanted = parsed.value().get();
    if (wanted < 1) {
      report.warn(word, code, whose + wanted + " less than minimum 1 - setting to minimum");
    } else if (wanted > AutoPriority.HIGHEST) {
      report.warn(
          word,
          code,
          whose
              + wanted
              + " greater than maximum "
              + AutoPriority.HIGHEST
              + " - setting to maximum");
    }
    drafts.apply(globals).realTimePriority = Math.max(1, Math.min(AutoPriority.HIGHEST, wanted));
  }

  private Keyword<GlobalDraft> processors() {
    return Keyword.<GlobalDraft>custom(
            process + "_cpu_affinity", Arity.OPTIONAL, "INTEGER [...]", this::processors)
        .unlessMissing("No " + process + " cpu_id set specified")
        .standardInWords("all")
        .doc("the processors that " + threads + " may run on, numbered from 0");
  }

  private void processors(Statement statement, GlobalDraft globals, GrammarReport report) {
    Argument<Integer> number = Argument.signed(0, globals.processors - 1);
    List<Integer> read = new ArrayList<>();
    for (Token word : statement.arguments()) {
      Argument.Parsed<Integer> parsed = number.parser().apply(word.text());
      parsed.complaint().ifPresent(text -> report.warn(word, "bad-value", text));
      if (parsed.value().isEmpty()) {
        report.warn(
            word,
            "bad-" + process + "-cpu-affinity",
            "Invalid cpu_id:" + leading(word.text()) + " specified for " + process + " process");
        return;
      }
      read.add(parsed.value().get());
    }
    drafts.apply(globals).processors = new TreeSet<>(read);
  }

  /** COMPAT: keepalived tells what it has read of it, in 32 bits. */
  private static int leading(String text) {
    Matcher number = LEADING_NUMBER.matcher(text);
    return number.lookingAt() && number.group().matches(".*[0-9]")
        ? (int) Long.parseLong(number.group())
        : 0;
  }

  private Keyword<GlobalDraft> realTimeLimit(String keyword) {
    return Keyword.<GlobalDraft, Long>value(
            keyword,
            Argument.unsigned(1),
            (g, micros) -> drafts.apply(g).realTimeLimitMicros = micros)
        .complains("Invalid " + process + " real-time limit - {value}")
        .remarking(
            "no-real-time-limit",
            keyword + " has no effect: the kernel would end the whole daemon, and VRRP with it")
        .standard("10000")
        .doc("read and told, without effect: the kernel would end the whole daemon");
  }
}
