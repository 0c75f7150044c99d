package org.jkeepalived.linux.packet;

/** Takes a received frame. */
public interface FrameHandler {

  /**
   * @param buffer the frame from the Ethernet header on; it is used again for the next frame
   * @param length how many bytes of the buffer are the frame
   */
  void frame(byte[] buffer, int length);
}
