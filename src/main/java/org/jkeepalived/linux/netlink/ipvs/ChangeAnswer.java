package org.jkeepalived.linux.netlink.ipvs;

import java.util.Optional;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.Remedy;
import org.jkeepalived.linux.SystemError;
import org.jkeepalived.linux.netlink.Acknowledgement;
import org.jkeepalived.lvs.table.ServiceSettings;
import org.jkeepalived.lvs.table.ServiceSettings.Binding;
import org.jkeepalived.lvs.table.TableAnswer;
import org.jkeepalived.lvs.table.TableAnswer.Outcome;
import org.jkeepalived.lvs.table.TableChange;

/**
 * What an acknowledgement means to a change.
 *
 * <pre>
 * ESRCH   the service is not there
 * ENOENT  the real server is not there; of a service that comes or changes: its scheduler or its
 *         persistence engine is not
 * EEXIST  it is there already
 * </pre>
 */
final class ChangeAnswer {

  /** Who tells it says what was tried. */
  private static final String NOBODY = "";

  private ChangeAnswer() {}

  static TableAnswer of(TableChange change, Acknowledgement acknowledgement) {
    if (acknowledgement.errno() == 0) {
      return new TableAnswer(change, Outcome.DONE, Optional.empty());
    }
    return acknowledgement
        .error("")
        .map(
            error ->
                new TableAnswer(change, outcome(change, error), Optional.of(told(change, error))))
        .orElseThrow();
  }

  private static Outcome outcome(TableChange change, SystemError error) {
    return switch (error.errno()) {
      case Errno.EEXIST -> Outcome.ALREADY_THERE;
      case Errno.ESRCH -> Outcome.NOT_THERE;
      case Errno.ENOENT -> settings(change).isPresent() ? Outcome.REFUSED : Outcome.NOT_THERE;
      default -> Outcome.REFUSED;
    };
  }

  private static KernelError told(TableChange change, SystemError error) {
    Optional<ServiceSettings> settings = settings(change);
    String text =
        switch (error.errno()) {
          case Errno.EEXIST -> "it is there already";
          case Errno.ENOENT ->
              settings.map(ChangeAnswer::missingModule).orElse("there is no such real server");
          default -> text(error);
        };
    return new KernelError(error.errno(), text);
  }

  /** The error in words, with the remedy where there is one. */
  static String text(SystemError error) {
    return switch (error.errno()) {
      case Errno.ESRCH -> "there is no such service";
      case Errno.EAFNOSUPPORT -> error.text() + ": this kernel's IPVS has no IPv6";
      default ->
          Remedy.explain(new SystemError(NOBODY, error.errno(), error.text()))
              .substring(NOBODY.length() + 2);
    };
  }

  private static String missingModule(ServiceSettings settings) {
    String scheduler = settings.scheduler();
    Optional<String> engine = settings.persistence().flatMap(Binding::engine);
    return "this kernel has no scheduler "
        + scheduler
        + engine.map(name -> ", or no persistence engine " + name).orElse("")
        + ": modprobe ip_vs_"
        + scheduler
        + engine.map(name -> " ip_vs_pe_" + name).orElse("")
        + ", or install the package that holds it (linux-modules-extra-…)";
  }

  static Optional<ServiceSettings> settings(TableChange change) {
    if (change instanceof TableChange.AddService add) {
      return Optional.of(add.settings());
    } else if (change instanceof TableChange.EditService edit) {
      return Optional.of(edit.settings());
    }
    return Optional.empty();
  }
}
