package org.jkeepalived.daemon;

import java.util.concurrent.CompletableFuture;
import org.jkeepalived.control.ControlAnswer;
import org.jkeepalived.control.ControlAnswer.Status;
import org.jkeepalived.control.ControlCommand;
import org.jkeepalived.control.ControlRequest;
import org.jkeepalived.host.Order;

/** A command that a part of the daemon carries out. */
final class OrderCommand implements ControlCommand {

  private final Order order;

  OrderCommand(Order order) {
    this.order = order;
  }

  @Override
  public String name() {
    return order.name();
  }

  @Override
  public String usage() {
    return order.usage();
  }

  @Override
  public CompletableFuture<ControlAnswer> begin(ControlRequest request) {
    return order
        .carryOut(request.words(), request.asker().toString())
        .thenApply(outcome -> ControlAnswer.of(status(outcome.result()), outcome.lines()));
  }

  private static Status status(Order.Result result) {
    return switch (result) {
      case DONE -> Status.DONE;
      case FAILED -> Status.FAILED;
      case NOT_UNDERSTOOD -> Status.NOT_UNDERSTOOD;
    };
  }
}
