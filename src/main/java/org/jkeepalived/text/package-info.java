/** What all that shows text to people has in common. Depends on nothing. */
package org.jkeepalived.text;
