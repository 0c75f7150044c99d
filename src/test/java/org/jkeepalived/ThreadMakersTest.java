package org.jkeepalived;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import io.netty.channel.ManualIoEventLoop;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.jkeepalived.daemon.Preparations;
import org.jkeepalived.loop.FatalExit;
import org.jkeepalived.loop.OwnerThread;
import org.junit.jupiter.api.Test;

/**
 * Who has a thread is an {@link OwnerThread}, with a root that catches everything and a name in
 * {@code status}.
 */
class ThreadMakersTest {

  /**
   * These are no owners. Two must work where owners fail: {@link FatalExit} ends a process whose
   * owners do not, and the log's writer takes the lines of all of them, and may wait for a disk.
   * The making of the keywords' tables begins before there can be owners, owns nothing, and ends.
   */
  private static final Set<String> MAKE_THREADS =
      Set.of(
          OwnerThread.class.getName(),
          FatalExit.class.getName(),
          Preparations.class.getName(),
          "org.jkeepalived.log.LineQueue");

  /** Netty's {@link ManualIoEventLoop} is an executor that an owner's thread drives. */
  @Test
  void onlyOwnersHaveThreads() {
    noClasses()
        .that(
            DescribedPredicate.describe(
                "are no owners", type -> !MAKE_THREADS.contains(type.getName())))
        .should()
        .callConstructorWhere(target(owner(assignableTo(Thread.class))))
        .orShould()
        .beAssignableTo(Thread.class)
        .orShould()
        .dependOnClassesThat(
            assignableTo(AbstractExecutorService.class)
                .and(DescribedPredicate.not(assignableTo(ManualIoEventLoop.class))))
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(Executors.class, Timer.class)
        .orShould()
        .callMethodWhere(target(name("parallelStream")))
        .orShould()
        .callMethodWhere(
            DescribedPredicate.describe(
                "runs on the JDK's own threads", ThreadMakersTest::runsOnThreadsOfTheJdk))
        .check(ArchitectureTest.CLASSES);
  }

  /** Without an executor a future's step runs in the common pool, and its timer has a thread. */
  private static boolean runsOnThreadsOfTheJdk(JavaMethodCall call) {
    AccessTarget.MethodCallTarget called = call.getTarget();
    return called.getOwner().isAssignableTo(CompletableFuture.class)
        && (Set.of("orTimeout", "completeOnTimeout", "delayedExecutor").contains(called.getName())
            || called.getName().endsWith("Async")
                && called.getRawParameterTypes().stream()
                    .noneMatch(type -> type.isEquivalentTo(Executor.class)));
  }
}
