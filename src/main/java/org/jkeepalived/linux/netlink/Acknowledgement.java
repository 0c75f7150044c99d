package org.jkeepalived.linux.netlink;

import java.util.Optional;
import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.SystemError;

/**
 * The kernel's answer to one request: NLMSG_ERROR, also where all is well, and NLMSG_DONE.
 *
 * <pre>
 * | error number, negative, 0 for success (4) | the request's header (16), and its payload unless
 * NLM_F_CAPPED | attributes where NLM_F_ACK_TLVS is set |
 * </pre>
 *
 * @param errno positive; 0 for success
 * @param detail the extended text, where the kernel gave one
 */
public record Acknowledgement(int errno, Optional<String> detail) {
  static final Acknowledgement SUCCESS = new Acknowledgement(0, Optional.empty());

  static Acknowledgement decode(MessageReader message) {
    int errno = -message.s32(0);
    int flags = message.flags();
    if (errno == 0 || (flags & Netlink.NLM_F_ACK_TLVS) == 0) {
      return new Acknowledgement(errno, Optional.empty());
    }
    int attributes = 4;
    if (message.type() == Netlink.NLMSG_ERROR) {
      boolean capped = (flags & Netlink.NLM_F_CAPPED) != 0;
      int repeated = capped ? MessageWriter.HEADER_BYTES : message.s32(4);
      if (repeated < MessageWriter.HEADER_BYTES || repeated > message.payloadLength()) {
        return new Acknowledgement(errno, Optional.empty());
      }
      attributes += (repeated + 3) & ~3;
    }
    for (AttributeReader reader = message.attributes(attributes); reader.next(); ) {
      if (reader.type() == Netlink.NLMSGERR_ATTR_MSG) {
        return new Acknowledgement(errno, Optional.of(reader.string()));
      }
    }
    return new Acknowledgement(errno, Optional.empty());
  }

  /** What to tell the operator, if it is not a success. */
  public Optional<SystemError> error(String operation) {
    if (errno == 0) {
      return Optional.empty();
    }
    String text = Libc.errorText(errno) + detail.map(more -> " (" + more + ")").orElse("");
    return Optional.of(new SystemError(operation, errno, text));
  }
}
