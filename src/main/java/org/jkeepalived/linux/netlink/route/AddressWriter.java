package org.jkeepalived.linux.netlink.route;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.netlink.Acknowledgement;
import org.jkeepalived.linux.netlink.NetlinkConnection;
import org.jkeepalived.model.VirtualAddress;

/**
 * Adds and removes addresses, whole transitions at a time.
 *
 * <p>It blocks while somebody else holds the kernel's routing lock: it belongs on a thread of its
 * own. One thread at a time.
 */
public final class AddressWriter implements AutoCloseable {
  private final NetlinkConnection connection;

  AddressWriter(NetlinkConnection connection) {
    this.connection = connection;
  }

  public static AddressWriter open() throws SystemCallException {
    return new AddressWriter(NetlinkConnection.open());
  }

  /**
   * Carries out the requests in their order; one that fails does not stop those after it.
   *
   * @return a result for each request, in the same order
   */
  public List<AddressResult> apply(List<AddressRequest> requests) {
    List<Acknowledgement> answers =
        connection.execute(
            requests.size(),
            (writer, index, flags, sequence) ->
                AddressMessage.write(writer, requests.get(index), flags, sequence));
    List<AddressResult> results = new ArrayList<>(requests.size());
    for (int i = 0; i < requests.size(); i++) {
      results.add(result(requests.get(i), answers.get(i)));
    }
    return results;
  }

  /**
   * Asks for something that cannot be, so that the classes have been used before it matters.
   *
   * @param times how often
   */
  public void warmUp(int times) {
    VirtualAddress nowhere =
        new VirtualAddress(
            InetAddress.getLoopbackAddress(),
            32,
            "nowhere",
            Optional.empty(),
            0,
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            false,
            OptionalLong.empty());
    AddressRequest request =
        new AddressRequest(AddressRequest.Operation.REMOVE, Integer.MAX_VALUE, nowhere);
    apply(Collections.nCopies(times, request));
  }

  private static AddressResult result(AddressRequest request, Acknowledgement answer) {
    boolean add = request.operation() == AddressRequest.Operation.ADD;
    AddressResult.Outcome outcome =
        switch (answer.errno()) {
          case 0 -> AddressResult.Outcome.DONE;
          case Errno.EEXIST ->
              add ? AddressResult.Outcome.ALREADY_THERE : AddressResult.Outcome.REFUSED;
          case Errno.EADDRNOTAVAIL, Errno.ENODEV ->
              add ? AddressResult.Outcome.REFUSED : AddressResult.Outcome.NOT_THERE;
          default -> AddressResult.Outcome.REFUSED;
        };
    return new AddressResult(request, outcome, answer.error(request.toString()));
  }

  @Override
  public void close() {
    connection.close();
  }
}
