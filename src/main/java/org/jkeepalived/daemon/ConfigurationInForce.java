package org.jkeepalived.daemon;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jkeepalived.config.ExitStatus;
import org.jkeepalived.config.LoadedConfiguration;
import org.jkeepalived.config.PlainRenderer;
import org.jkeepalived.config.grammar.LostBlock;
import org.jkeepalived.config.syntax.Diagnostic;
import org.jkeepalived.linux.process.OwnProcess;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.LifeScripts;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.model.lvs.TableNamespace;
import org.jkeepalived.status.ProgramVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The configuration that the daemon runs with, as its file said at the start or at a reload. */
final class ConfigurationInForce {

  private static final Logger LOG = LoggerFactory.getLogger(ConfigurationInForce.class);

  private final DaemonOptions options;
  private final ConfigurationSource source;
  private final Supplier<Optional<Set<String>>> links;

  private final List<Consumer<Configuration>> followers = new ArrayList<>();

  private Consumer<Configuration> onFirstSight = first -> {};

  private final KeptOversight oversight = new KeptOversight();

  private ExitStatus refusal = ExitStatus.OK;

  /** Why the file that was read last is not in force. Read by whoever looks. */
  private volatile Optional<String> objection = Optional.empty();

  /** How many mistakes there are in what is in force. */
  private volatile int mistakes;

  /** What was wrong in the file that is in force. */
  private Set<String> known = Set.of();

  /** Read by the threads of signals, too. */
  private volatile Optional<Configuration> current = Optional.empty();

  /**
   * @param source reads the file
   * @param links the links that there are; empty where nobody knows
   */
  ConfigurationInForce(
      DaemonOptions options, ConfigurationSource source, Supplier<Optional<Set<String>>> links) {
    this.options = options;
    this.source = source;
    this.links = links;
  }

  /**
   * Has somebody hear of each configuration as soon as it is in force, and before it is applied.
   */
  void follow(Consumer<Configuration> follower) {
    followers.add(follower);
  }

  /**
   * Has somebody see what the first file says, can it be run or not, before it is complained of.
   */
  void sightFirst(Consumer<Configuration> viewer) {
    onFirstSight = viewer;
  }

  /** The configuration that is in force; empty before there is one. Any thread may ask. */
  Optional<Configuration> now() {
    return current;
  }

  /** Reads the file for the start, and has it in force if it can be run: see {@link #accept}. */
  Optional<Configuration> read() {
    logFile();
    LoadedConfiguration first = source.read(options);
    onFirstSight.accept(first.configuration());
    return accept(first);
  }

  /** Logs which file is read. */
  void logFile() {
    // COMPAT: keepalived's words
    if (isChecked()) {
      LOG.info("validate conf before Reload");
    }
    LOG.info("Configuration file {}", options.configuration().file());
  }

  /**
   * Logs what is wrong with what was read, and has it in force if it can be run.
   *
   * @return what is now in force; empty if the file cannot be run, and nothing has changed
   */
  Optional<Configuration> accept(LoadedConfiguration loaded) {
    loaded.diagnostics().forEach(ConfigurationInForce::log);
    Set<String> complaints = complaints(loaded);
    List<String> hindrances = hindrances(loaded, complaints);
    hindrances.forEach(hindrance -> LOG.error("{}", hindrance));
    if (!loaded.canRun() || !hindrances.isEmpty()) {
      refusal = loaded.refusal();
      objection = Optional.of(objection(loaded, hindrances));
      return Optional.empty();
    }
    objection = Optional.empty();
    mistakes = loaded.mistakes().size();
    waiting(loaded).forEach(line -> LOG.warn("{}", line));
    oversight.remark(current, loaded).ifPresent(line -> LOG.warn("{}", line));
    known = complaints;
    Configuration next = wanted(loaded);
    oversight.accepted(current, loaded);
    current = Optional.of(next);
    followers.forEach(follower -> follower.accept(next));
    return current;
  }

  /** {@code reload_check_config} of what is in force. */
  private boolean isChecked() {
    return current.map(one -> one.globals().reloading().checked()).orElse(false);
  }

  /** What is wrong, where the operator wants nothing to be. */
  private List<String> flaws(LoadedConfiguration loaded) {
    if (!isChecked() || loaded.isFlawless()) {
      return List.of();
    }
    String where = current.flatMap(one -> one.globals().reloading().checkLog()).orElse("above");
    return List.of("New config failed validation, see " + where + " for details");
  }

  /** What {@link #accept} would have in force; nothing changes, and nothing is logged. */
  Optional<Configuration> acceptable(LoadedConfiguration loaded) {
    return loaded.canRun() && hindrances(loaded, complaints(loaded)).isEmpty()
        ? Optional.of(wanted(loaded))
        : Optional.empty();
  }

  /** All that {@link #accept} has to say of what was read, as the log would have it. */
  List<String> remarks(LoadedConfiguration loaded) {
    List<String> lines = new ArrayList<>();
    loaded.diagnostics().forEach(each -> lines.add(PlainRenderer.render(each)));
    List<String> hindrances = hindrances(loaded, complaints(loaded));
    lines.addAll(hindrances);
    if (loaded.canRun() && hindrances.isEmpty()) {
      lines.addAll(waiting(loaded));
      oversight.remark(current, loaded).ifPresent(lines::add);
    }
    return lines;
  }

  private Configuration wanted(LoadedConfiguration loaded) {
    return oversight.in(
        current, loaded, SwitchedOn.of(loaded.configuration(), options.subsystems()));
  }

  /**
   * The first of what is wrong that keeps it from being run, on one line: where that is any
   * mistake, the mistake itself, since keepalived's words only say where it is to be found.
   */
  private String objection(LoadedConfiguration loaded, List<String> hindrances) {
    Stream<Diagnostic> unbearable =
        flaws(loaded).isEmpty()
            ? loaded.diagnostics().stream()
                .filter(each -> each.severity() == Diagnostic.Severity.FATAL)
            : loaded.mistakes().stream();
    return unbearable
        .map(PlainRenderer::render)
        .findFirst()
        .or(() -> hindrances.stream().findFirst())
        .orElse("it cannot be run");
  }

  /** Why the file that was read last is not in force; empty where it is. Any thread may ask. */
  Optional<String> objection() {
    return objection;
  }

  /** How many mistakes there are in what is in force. Any thread may ask. */
  int mistakes() {
    return mistakes;
  }

  /** At the start there is nothing to leave, and who waits for a link says so. */
  private Optional<AbsentLinks> absent(LoadedConfiguration loaded) {
    return current.flatMap(
        running ->
            links
                .get()
                .map(
                    existing ->
                        new AbsentLinks(
                            running.instances(), wanted(loaded).instances(), existing)));
  }

  /** What waits for links that are not there, which is no mistake. */
  private List<String> waiting(LoadedConfiguration loaded) {
    return absent(loaded).map(AbsentLinks::remarks).orElse(List.of());
  }

  /** Why what was read cannot follow what runs, although it can be run. */
  private List<String> hindrances(LoadedConfiguration loaded, Set<String> complaints) {
    if (!loaded.canRun()) {
      return List.of();
    }
    List<String> found = flaws(loaded);
    if (found.isEmpty()) {
      found = emptied(loaded);
    }
    if (found.isEmpty()) {
      found = lostInstances(loaded);
    }
    if (found.isEmpty()) {
      found = absent(loaded).map(AbsentLinks::hindrances).orElse(List.of());
    }
    if (found.isEmpty()) {
      found = lostAddresses(loaded, complaints);
    }
    if (found.isEmpty()) {
      found = lostServices(loaded, complaints);
    }
    if (found.isEmpty()) {
      found = cutOff(loaded);
    }
    return found.isEmpty() ? movedTable(loaded) : found;
  }

  /** A file that somebody has emptied, or is just being written, takes nothing away. */
  private List<String> emptied(LoadedConfiguration loaded) {
    boolean runs =
        current
            .filter(one -> !one.instances().isEmpty() || !one.director().servers().isEmpty())
            .isPresent();
    return loaded.isEmpty() && runs
        ? List.of("the configuration is empty: to have nothing run, stop the daemon")
        : List.of();
  }

  /**
   * What runs, and the file still has, and could not go on. A slip in a keyword must not cost a
   * master its addresses.
   */
  private List<String> lostInstances(LoadedConfiguration loaded) {
    return current.map(Configuration::instances).orElse(List.of()).stream()
        .map(VrrpInstance::name)
        .filter(loaded.notStarted()::contains)
        .map(name -> "(" + name + ") runs, and could not be started from this file, see above")
        .toList();
  }

  /**
   * A file that ends in the middle, where the one that is in force did not: its last word may be
   * half of an address, which is somebody else's.
   */
  private List<String> cutOff(LoadedConfiguration loaded) {
    return loaded.diagnostics().stream()
        .filter(each -> each.code().equals("unclosed-block"))
        .filter(each -> current.isPresent() && !known.contains(each.message()))
        .map(each -> "The configuration may have been cut off: " + PlainRenderer.render(each))
        .toList();
  }

  /**
   * Instances that run, with addresses, and would have none any more or not be there at all, unless
   * somebody has taken them out of a file in which nothing is wrong that was not wrong before: a
   * brace too few, or a file that ends in the middle, has.
   */
  private List<String> lostAddresses(LoadedConfiguration loaded, Set<String> complaints) {
    Optional<String> news = news(complaints);
    if (news.isEmpty()) {
      return List.of();
    }
    Set<VrrpInstance.Key> next = holding(loaded.configuration()).keySet();
    return current.map(ConfigurationInForce::holding).orElse(Map.of()).entrySet().stream()
        .filter(held -> !next.contains(held.getKey()))
        .map(
            held ->
                "("
                    + held.getValue()
                    + ") runs, and would lose all its addresses by this file, in which this may be"
                    + " why: "
                    + news.get()
                    + ". Correct that, or restart the daemon if it is to go")
        .toList();
  }

  /** The names of instances that have addresses. */
  private static Map<VrrpInstance.Key, String> holding(Configuration configuration) {
    Map<VrrpInstance.Key, String> found = new LinkedHashMap<>();
    for (VrrpInstance instance : configuration.instances()) {
      if (!instance.addresses().all().isEmpty()) {
        found.put(instance.key(), instance.name());
      }
    }
    return found;
  }

  /** The first of what is wrong that was not wrong before, as part of a sentence. */
  private Optional<String> news(Set<String> complaints) {
    return complaints.stream()
        .filter(complaint -> !known.contains(complaint))
        .findFirst()
        .map(complaint -> complaint.replaceFirst("\\.$", ""));
  }

  /**
   * Virtual servers that run and are not there any more, unless they are gone from a file in which
   * nothing is wrong that was not wrong before: then somebody has taken them out. Otherwise a slip
   * has, in a keyword, a port, the name of a group.
   */
  private List<String> lostServices(LoadedConfiguration loaded, Set<String> complaints) {
    Optional<String> news = news(complaints);
    if (news.isEmpty()) {
      return List.of();
    }
    Set<String> present = services(loaded.configuration());
    List<String> found = new ArrayList<>();
    current.map(ConfigurationInForce::services).orElse(Set.of()).stream()
        .filter(service -> !present.contains(service))
        .map(
            service ->
                "VS "
                    + service
                    + " runs, and is not in this file, in which this may be why: "
                    + news.get()
                    + ". Correct that, or restart the daemon if it is to go")
        .forEach(found::add);
    current
        .map(running -> CheckedServers.lost(running, loaded.configuration()))
        .orElse(List.of())
        .stream()
        .map(
            server ->
                "Real server "
                    + server
                    + " is checked, and would not be by this file, in which this may be why: "
                    + news.get()
                    + ". Correct that, or restart the daemon if that is meant")
        .forEach(found::add);
    return found;
  }

  /** Connections of the table are where its services are, and no reload moves them. */
  private List<String> movedTable(LoadedConfiguration loaded) {
    Optional<TableNamespace> target = tableOf(loaded.configuration());
    boolean moves =
        options.subsystems().checkers()
            && current.filter(running -> !tableOf(running).equals(target)).isPresent();
    return moves
        ? List.of("Cannot change IPVS network namespace at a reload - please restart keepalived")
        : List.of();
  }

  private static Optional<TableNamespace> tableOf(Configuration configuration) {
    return configuration.director().table().sockets().namespace();
  }

  private static Set<String> services(Configuration configuration) {
    return configuration.director().servers().stream()
        .map(server -> server.service().text())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** What is wrong in a file, wherever it stands, and may cost a virtual server. */
  private static Set<String> complaints(LoadedConfiguration loaded) {
    return loaded.diagnostics().stream()
        .filter(LostBlock::mayComeOf)
        .map(Diagnostic::message)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** What the process exits with where the file that was read last cannot be run. */
  ExitStatus refusal() {
    return refusal;
  }

  private static void log(Diagnostic diagnostic) {
    String line = PlainRenderer.render(diagnostic);
    switch (diagnostic.severity()) {
      case NOTE -> LOG.info("{}", line);
      case WARNING -> LOG.warn("{}", line);
      case FATAL -> LOG.error("{}", line);
    }
  }

  /**
   * The scripts that frame the daemon's life; none before the file was read. Any thread may ask.
   */
  LifeScripts life() {
    return current.map(Configuration::life).orElse(LifeScripts.NONE);
  }

  /** Which daemon this is, for whoever asks it. */
  String subject() {
    return ProgramVersion.text() + ", process " + OwnProcess.id() + ", configuration " + path();
  }

  /** The file, absolute. */
  Path path() {
    return options.configuration().path();
  }

  /** Who may ask the daemon besides root, if anybody. */
  Optional<String> controlGroup() {
    return current.flatMap(running -> running.globals().controlGroup());
  }

  /** Where what there is before and after a reload is kept, if anywhere. */
  Optional<Path> saveDirectory() {
    return current.flatMap(running -> running.globals().reloading().saveDirectory()).map(Path::of);
  }

  /** Where pages are to be shown, if anywhere. */
  Optional<InetSocketAddress> httpAddress() {
    return life().oversight().http();
  }

  /** Whether the command line asks for what was read to be logged. */
  boolean isToBeLogged() {
    return options.configuration().dump();
  }
}
