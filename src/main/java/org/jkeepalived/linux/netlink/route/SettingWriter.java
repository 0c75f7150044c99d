package org.jkeepalived.linux.netlink.route;

import java.util.Optional;
import java.util.OptionalInt;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.kernel.KernelRequest;
import org.jkeepalived.kernel.KernelResult;
import org.jkeepalived.kernel.KernelSetting;
import org.jkeepalived.linux.SystemError;
import org.jkeepalived.linux.file.ProcSetting;
import org.jkeepalived.linux.netlink.NetlinkConnection;

/**
 * Sets what has to be set on other people's links, and sets it back where nobody has set it
 * otherwise meanwhile.
 */
final class SettingWriter {
  private final LinkSettings links;

  SettingWriter(NetlinkConnection connection) {
    links = new LinkSettings(connection);
  }

  KernelResult write(KernelRequest request, KernelSetting setting) {
    String path = setting.place().path();
    OptionalInt now = ProcSetting.read(path);
    int wanted = request.isAddition() ? setting.value() : setting.original();
    boolean others = !request.isAddition() && now.orElse(setting.value()) != setting.value();
    if (others || now.equals(OptionalInt.of(wanted))) {
      return new KernelResult(
          request,
          request.isAddition()
              ? KernelResult.Outcome.ALREADY_THERE
              : KernelResult.Outcome.NOT_THERE,
          Optional.empty());
    }
    Optional<String> problem =
        setting.place().isOfLink()
            ? links
                .write(
                    request.target().linkIndices().get(0), number(setting.place().name()), wanted)
                .map(SystemError::toString)
            : ProcSetting.write(path, wanted);
    return problem
        .map(text -> KernelResult.refused(request, new KernelError(0, text)))
        .orElseGet(() -> KernelResult.done(request));
  }

  private static LinkSettings.Setting number(KernelSetting.Name name) {
    return switch (name) {
      case RP_FILTER -> LinkSettings.Setting.RP_FILTER;
      case ARP_FILTER -> LinkSettings.Setting.ARP_FILTER;
      case ARP_IGNORE -> LinkSettings.Setting.ARP_IGNORE;
      case PROMOTE_SECONDARIES -> LinkSettings.Setting.PROMOTE_SECONDARIES;
      case IGMP_LINK_LOCAL_MCAST_REPORTS -> throw new IllegalArgumentException(name + " of a link");
    };
  }
}
