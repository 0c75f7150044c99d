/**
 * Text → configuration: reads keepalived.conf, answers the model and what there is to say about the
 * text, and shows the latter to people and logs.
 *
 * <p>May depend on {@code model} only. Start reading at {@link
 * org.jkeepalived.config.ConfigurationReader}.
 */
package org.jkeepalived.config;
