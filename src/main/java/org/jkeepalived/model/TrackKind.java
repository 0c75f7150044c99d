package org.jkeepalived.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What can be tracked: what keepalived says of it, its weights, and why its failure is a fault. The
 * order is keepalived's own when it names them.
 *
 * <p>One more kind is declared here. What defines it by name is a {@link Tracker}, and what watches
 * it tells of its condition.
 */
public enum TrackKind {
  INTERFACE(
      List.of(),
      new Words(
          "track_interface",
          "unknown track_interface {name} option {value} - ignoring",
          // COMPAT: keepalived's spelling
          "unknown track_interace {name} weight option {value} - ignoring",
          "weight {value} for {name} must be between [-253..253] inclusive. Ignoring...",
          "clearing weight",
          "the links without which it is in FAULT, or whose weight is added"),
      new Weights(Weight.FAULT, 253, WhereFixed.LINK),
      new Reasons("tracked interface {name} is down", "tracked interface {name} is up"),
      new DumpWords("Tracked interfaces :", " ")),

  SCRIPT(
      List.of("vrrp_script"),
      new Words(
          "track script",
          "unknown track script option {value} - ignoring",
          "unknown track_script {name} weight option {value} - ignoring",
          "track script {name}: weight must be between [-253..253] inclusive, ignoring...",
          "clearing weight",
          "the vrrp_scripts without which it is in FAULT, or whose weight is added"),
      new Weights(Weight.FAULT, 253, WhereFixed.IGNORED),
      new Reasons("tracked script {name} failed", "tracked script {name} succeeded"),
      new DumpWords("Tracked scripts :", " "),
      Trait.NOREVERSE),

  FILE(
      List.of("track_file", "vrrp_track_file"),
      new Words(
          "track file",
          "unknown track file option {value} - ignoring",
          "unknown track file {name} weight option {value} - ignoring",
          "weight for track file {name} must be in [-254..254] inclusive. Ignoring...",
          "setting weight 0",
          "the track_files whose number is added"),
      new Weights(new Weight(1, false), 254, WhereFixed.NUMBER),
      new Reasons(
          "tracked file {name} now FAULT state",
          "tracked file {name} now FAULT state",
          "tracked file {name} leaving FAULT state"),
      new DumpWords("Tracked files :", ", "),
      Trait.NUMBER,
      Trait.TOLD_WHEN_CHANGED,
      Trait.NOREVERSE,
      Trait.BAD_OPTION_DROPS_LINE),

  PROCESS(
      List.of("vrrp_track_process"),
      new Words(
          "track process",
          "unknown track process option {value} - ignoring",
          "unknown track_process {name} weight option {value} - ignoring",
          "weight for track process {name} must be in [-254..254] inclusive. Ignoring...",
          "setting weight 0",
          "the vrrp_track_processes without which it is in FAULT, or whose weight is added"),
      // COMPAT: the manual says 1, keepalived's dump 0
      new Weights(Weight.FAULT, 254, WhereFixed.KEPT),
      new Reasons(
          "tracked process {name} quorum not achieved", "tracked process {name} quorum achieved"),
      // COMPAT: groups have their own word for the list
      new DumpWords("Tracked processes :", "Tracked process :", ", "),
      Trait.TOLD_WHEN_CHANGED,
      Trait.NOREVERSE);

  /**
   * What keepalived says of the lines that track such a target, where {@code {name}} stands for the
   * target and {@code {value}} for what was written.
   *
   * @param called in most messages
   * @param badOption about a word that is not {@code weight}
   * @param badWeightOption about what stands behind the weight's number
   * @param badWeight about a weight that is no number from -254 to 254
   * @param inOwnersGroup what is done with a weight in the sync group of an address owner
   * @param documentation one sentence about the list of such lines
   */
  public record Words(
      String called,
      String badOption,
      String badWeightOption,
      String badWeight,
      String inOwnersGroup,
      String documentation) {}

  /**
   * Weights on such lines.
   *
   * @param standard where neither the line nor the definition names one
   * @param greatest 253 or 254, and the same below 0
   * @param whereFixed what becomes of a line with a weight where the priority must not move
   */
  public record Weights(Weight standard, int greatest, WhereFixed whereFixed) {}

  /** What becomes of a line with a weight where the priority must not move. */
  public enum WhereFixed {
    /** Of an owner's it is ignored; in a sync group its weight is. */
    LINK,
    IGNORED,
    /** COMPAT: weight 1, which nobody needs to write, becomes 0; with another it is ignored. */
    NUMBER,
    /** COMPAT: the manual asks for weight 0 here, too; keepalived takes any, and says nothing. */
    KEPT
  }

  /**
   * Why an instance is in FAULT, where {@code {name}} stands for the target.
   *
   * @param well with a reversed weight, when the target's being well is the fault
   * @param over when it does so no more; empty where that is the other reason
   */
  private record Reasons(String failed, String well, String over) {
    Reasons(String failed, String well) {
      this(failed, well, "");
    }
  }

  /**
   * How the dump lists what is tracked.
   *
   * @param title in instances
   * @param titleInGroups in sync groups
   * @param separator between a target and its weight
   */
  public record DumpWords(String title, String titleInGroups, String separator) {
    private DumpWords(String title, String separator) {
      this(title, title, separator);
    }
  }

  /** What is true of one kind and not of another. */
  public enum Trait {
    /** Its condition is a number, which the weight is multiplied with. */
    NUMBER,
    /** It is watched as long as it is defined, and told of only when it changes. */
    TOLD_WHEN_CHANGED,
    /** The line that tracks it knows {@code noreverse}, too. */
    NOREVERSE,
    /** COMPAT: the line that tracks it is ignored whole for a wrong word behind the weight. */
    BAD_OPTION_DROPS_LINE
  }

  private final List<String> definitions;
  private final Words words;
  private final Weights weights;
  private final Reasons reasons;
  private final DumpWords dumpWords;
  private final Set<Trait> traits;

  TrackKind(
      List<String> definitions,
      Words words,
      Weights weights,
      Reasons reasons,
      DumpWords dumpWords,
      Trait... traits) {
    this.definitions = definitions;
    this.words = words;
    this.weights = weights;
    this.reasons = reasons;
    this.dumpWords = dumpWords;
    this.traits = Set.of(traits);
  }

  /** What a block defines; empty if it is none that defines what can be tracked. */
  public static Optional<TrackKind> definedBy(String keyword) {
    for (TrackKind kind : values()) {
      if (kind.definitions.contains(keyword)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  public Words words() {
    return words;
  }

  public Weights weights() {
    return weights;
  }

  public DumpWords dumpWords() {
    return dumpWords;
  }

  public boolean has(Trait trait) {
    return traits.contains(trait);
  }

  /** The list's keyword in instances and groups, such as {@code track_script}. */
  public String keyword() {
    return words.called.replace(' ', '_');
  }

  /** Such as {@code script}. */
  public String noun() {
    return keyword().substring("track_".length());
  }

  /**
   * Why a target keeps an instance in FAULT.
   *
   * @param well whether it does so by being well
   */
  public String reason(String name, boolean well) {
    return (well ? reasons.well : reasons.failed).replace("{name}", name);
  }

  /**
   * That a target does not keep an instance in FAULT any more.
   *
   * @param well whether it did so by being well
   */
  public String recovery(String name, boolean well) {
    return reasons.over.isEmpty() ? reason(name, !well) : reasons.over.replace("{name}", name);
  }
}
