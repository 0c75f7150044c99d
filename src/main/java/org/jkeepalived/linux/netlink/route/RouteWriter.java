package org.jkeepalived.linux.netlink.route;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.kernel.KernelLink;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.kernel.KernelRequest;
import org.jkeepalived.kernel.KernelResult;
import org.jkeepalived.kernel.KernelSetting;
import org.jkeepalived.kernel.KernelWriter;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.netlink.Acknowledgement;
import org.jkeepalived.linux.netlink.MessageWriter;
import org.jkeepalived.linux.netlink.NetlinkConnection;
import org.jkeepalived.model.ReceiveBuffer;

/**
 * Adds and removes what rtnetlink(7) knows, whole transitions at a time.
 *
 * <p>It blocks while somebody else holds the kernel's routing lock: it belongs on a thread of its
 * own. One thread at a time.
 */
public final class RouteWriter implements KernelWriter {
  private final NetlinkConnection connection;

  /** The numbers of links of our own, by their names. */
  private final Map<String, Integer> madeLinks = new HashMap<>();

  /** Writes the request for one kind of object. */
  @FunctionalInterface
  private interface ObjectMessage {
    void write(MessageWriter writer, KernelRequest request, int flags, int sequence);
  }

  RouteWriter(NetlinkConnection connection) {
    this.connection = connection;
  }

  public static RouteWriter open() throws SystemCallException {
    return new RouteWriter(NetlinkConnection.open());
  }

  @Override
  public void makeRoom(ReceiveBuffer room) {
    connection.makeRoom(room.atLeast(NetlinkConnection.RECEIVE_QUEUE_BYTES));
  }

  @Override
  public List<KernelResult> write(List<KernelRequest> requests) {
    if (requests.stream().noneMatch(RouteWriter::takesSeveral)) {
      return writeTogether(requests);
    }
    List<KernelResult> results = new ArrayList<>(requests.size());
    int from = 0;
    for (int i = 0; i < requests.size(); i++) {
      if (takesSeveral(requests.get(i))) {
        results.addAll(writeTogether(requests.subList(from, i)));
        results.add(writeAlone(requests.get(i)));
        from = i + 1;
      }
    }
    results.addAll(writeTogether(requests.subList(from, requests.size())));
    return results;
  }

  /** Whether it takes more than one message. */
  private static boolean takesSeveral(KernelRequest request) {
    KernelObject.Kind kind = request.object().kind();
    return kind == KernelObject.Kind.LINK || kind == KernelObject.Kind.SETTING;
  }

  private KernelResult writeAlone(KernelRequest request) {
    return request.object() instanceof KernelLink link
        ? new LinkWriter(connection, madeLinks).write(request, link)
        : new SettingWriter(connection).write(request, (KernelSetting) request.object());
  }

  private List<KernelResult> writeTogether(List<KernelRequest> requests) {
    if (requests.isEmpty()) {
      return List.of();
    }
    List<Acknowledgement> answers =
        connection.execute(
            requests.size(),
            (writer, index, flags, sequence) ->
                message(requests.get(index).object().kind())
                    .write(writer, requests.get(index), flags, sequence));
    List<KernelResult> results = new ArrayList<>(requests.size());
    for (int i = 0; i < requests.size(); i++) {
      results.add(result(requests.get(i), answers.get(i)));
    }
    return results;
  }

  private static ObjectMessage message(KernelObject.Kind kind) {
    return switch (kind) {
      case ADDRESS -> AddressMessage::write;
      case ROUTE -> RouteMessage::write;
      case RULE -> RuleMessage::write;
      case FILTER, BLOCK, DETOUR ->
          throw new IllegalArgumentException(kind + " is no matter of routing");
      case LINK, SETTING -> throw new IllegalArgumentException(kind + " takes several messages");
    };
  }

  private static KernelResult result(KernelRequest request, Acknowledgement answer) {
    if (answer.errno() == 0) {
      return KernelResult.done(request);
    }
    boolean add = request.isAddition();
    KernelResult.Outcome outcome =
        switch (answer.errno()) {
          case Errno.EEXIST ->
              add ? KernelResult.Outcome.ALREADY_THERE : KernelResult.Outcome.REFUSED;
          case Errno.EADDRNOTAVAIL, Errno.ENODEV ->
              add ? KernelResult.Outcome.REFUSED : KernelResult.Outcome.NOT_THERE;
          case Errno.ESRCH, Errno.ENOENT ->
              add || request.object().kind() == KernelObject.Kind.ADDRESS
                  ? KernelResult.Outcome.REFUSED
                  : KernelResult.Outcome.NOT_THERE;
          default -> KernelResult.Outcome.REFUSED;
        };
    return new KernelResult(
        request,
        outcome,
        answer
            .error(request.toString())
            .map(error -> new KernelError(error.errno(), error.text())));
  }

  @Override
  public void close() {
    connection.close();
  }
}
