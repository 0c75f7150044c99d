/**
 * What virtual routers watch: the machine's links and addresses so far. Declares what it needs to
 * hear ({@link org.jkeepalived.track.LinkEvents}); {@code linux} tells it.
 *
 * <p>Depends on nothing but the model. Start reading at {@link org.jkeepalived.track.Links}.
 */
package org.jkeepalived.track;
