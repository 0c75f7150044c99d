package org.jkeepalived.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * Knows which test opened which {@link Cluster}: a thread bears the name of the test that it runs,
 * and a cluster writes that name down. The clusters of a test that failed are marked, and {@code
 * packaging/test.sh} shows what their daemons logged.
 */
final class ClusterOwner implements BeforeEachCallback, AfterEachCallback {

  /** In a cluster's directory: the test's name. */
  private static final String OWNER = "test";

  /** In a cluster's directory, when the test has failed: its name once more. */
  private static final String FAILED = "failed";

  private static final ExtensionContext.Namespace SPACE =
      ExtensionContext.Namespace.create(ClusterOwner.class);

  /** Writes down that a cluster belongs to the test that this thread runs. */
  static void sign(Path clusterDirectory) throws IOException {
    Files.writeString(clusterDirectory.resolve(OWNER), Thread.currentThread().getName());
  }

  /** Marks the clusters of a test of this run that failed. */
  static void markFailed(Path clusters, String test) throws IOException {
    if (Files.notExists(clusters)) {
      return;
    }
    try (DirectoryStream<Path> ours = Files.newDirectoryStream(clusters, Cluster.OURS + "*")) {
      for (Path cluster : ours) {
        if (owner(cluster).equals(test)) {
          Files.writeString(cluster.resolve(FAILED), test);
        }
      }
    }
  }

  private static String owner(Path cluster) throws IOException {
    try {
      return Files.readString(cluster.resolve(OWNER));
    } catch (NoSuchFileException e) {
      return ""; // another test opens this one right now
    }
  }

  private static String name(ExtensionContext context) {
    return context.getRequiredTestClass().getSimpleName()
        + "."
        + context.getRequiredTestMethod().getName()
        + " "
        + context.getDisplayName();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    Thread thread = Thread.currentThread();
    context.getStore(SPACE).put(Thread.class, thread.getName());
    thread.setName(name(context));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Thread.currentThread().setName(context.getStore(SPACE).get(Thread.class, String.class));
    if (context
        .getExecutionException()
        .filter(e -> !(e instanceof TestAbortedException))
        .isPresent()) {
      try {
        markFailed(Cluster.ALL, name(context));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
