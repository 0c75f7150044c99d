package org.jkeepalived.status;

import java.util.List;
import java.util.function.Consumer;

/**
 * One part of the daemon at one moment, and its renderings. It never changes, so that any thread
 * may read it; whoever shows it need not know which part it is. No rendering has a password in it.
 *
 * <p>Text is handed out piece by piece, for 10,000 instances make many megabytes of it: lines
 * without their end, or pieces that follow each other without a separator.
 */
public interface Snapshot {

  /** What {@code --dump-conf} logs: what is configured, and on what machine. */
  void configuration(ReportContext context, Consumer<String> lines);

  /** What a running daemon writes to {@code keepalived.data}: the same, and how it is now. */
  void data(ReportContext context, Consumer<String> lines);

  /** What {@code keepalived_parent.data} says: the daemon as a whole, as configured. */
  void globals(ReportContext context, Consumer<String> lines);

  /** What has been counted, as in {@code keepalived.stats}. */
  void statistics(Consumer<String> lines);

  /**
   * What an operator may mean by a word: the names of instances, groups or virtual servers; none
   * where nothing is called so.
   */
  List<String> meant(String said);

  /**
   * Only what is called so, an instance, a sync group with its instances or a virtual server, and
   * what that depends on.
   */
  Snapshot only(String name);

  /**
   * What a person reads who asks the daemon how it is: {@code jkeepalived status}.
   *
   * @param context what it says besides what this knows
   * @param style whether it is coloured
   */
  void overview(ReportContext context, OverviewStyle style, Consumer<String> lines);

  /**
   * The same for programs: members of a JSON object, without its braces, such as {@code
   * "virtual_servers":[]}.
   */
  void overviewJson(Consumer<String> pieces);

  /** What is measured, in Prometheus' text format: whole lines. */
  void metrics(Consumer<String> pieces);

  /**
   * The same for a browser: sections of HTML.
   *
   * @param context what it says besides what this knows
   */
  void page(ReportContext context, Consumer<String> pieces);

  /** What programs read, as in {@code keepalived.json}. */
  void json(ReportContext context, Consumer<String> pieces);
}
