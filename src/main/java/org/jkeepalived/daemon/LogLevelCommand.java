package org.jkeepalived.daemon;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jkeepalived.control.ControlAnswer;
import org.jkeepalived.control.ControlAnswer.Status;
import org.jkeepalived.control.ControlCommand;
import org.jkeepalived.control.ControlRequest;
import org.jkeepalived.log.LogTopics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code log-level}: more or less in the log, until the daemon stops. */
final class LogLevelCommand implements ControlCommand {

  private static final Logger LOG = LoggerFactory.getLogger(LogLevelCommand.class);

  private final LogTopics topics = new LogTopics();

  @Override
  public String name() {
    return "log-level";
  }

  @Override
  public String usage() {
    return "log-level [TOPIC LEVEL]: how much is logged of each topic, or of one from now on";
  }

  @Override
  public CompletableFuture<ControlAnswer> begin(ControlRequest request) {
    return CompletableFuture.completedFuture(answer(request));
  }

  private ControlAnswer answer(ControlRequest request) {
    List<String> words = request.words();
    if (words.isEmpty()) {
      return ControlAnswer.of(Status.DONE, topics.shown());
    }
    if (words.size() != 2) {
      return ControlAnswer.of(Status.NOT_UNDERSTOOD, usage());
    }
    Optional<String> complaint = topics.set(words.get(0), words.get(1));
    if (complaint.isPresent()) {
      return ControlAnswer.of(Status.NOT_UNDERSTOOD, complaint.get());
    }
    LOG.info(
        "Log level of {} is {} from now on, asked for by {}",
        words.get(0),
        words.get(1),
        request.asker());
    return ControlAnswer.of(Status.DONE, topics.shown());
  }
}
