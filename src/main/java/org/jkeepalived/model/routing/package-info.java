/**
 * Routes and rules of policy routing, as the operator asked for them: virtual ones, that go with
 * their master, and static ones. Immutable; names of tables, protocols and the like are resolved to
 * the kernel's numbers.
 *
 * <p>May depend on {@code model}. Start reading at {@link org.jkeepalived.model.routing.Route} and
 * {@link org.jkeepalived.model.routing.RoutingRule}.
 */
package org.jkeepalived.model.routing;
