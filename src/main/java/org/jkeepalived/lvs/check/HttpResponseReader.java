package org.jkeepalived.lvs.check;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jkeepalived.model.lvs.HttpUrl;

/**
 * Reads an answer as it comes, in pieces of any size. It keeps at most {@link #MOST_HEADER} bytes
 * of the header and as many of the body, however long they are, and never throws on what it reads.
 *
 * <p>COMPAT: the digest is that of the body as it was sent, with what frames its chunks, because
 * that is what genhash(1) counts. A pattern is looked for in what the chunks contain.
 */
public final class HttpResponseReader {

  /** A header may be that long, with those of interim answers before it. */
  public static final int MOST_HEADER = 16_384;

  private static final int FIRST_LINE = 256;

  private final HttpHeader header = new HttpHeader();
  private final Optional<BodyDigest> digest;
  private final Optional<BodySearch> search;
  private final IntConsumer headerSeen;
  private final Consumer<ByteBuffer> bodySeen;
  private final ChunkReader chunks;

  private byte[] line = new byte[FIRST_LINE];
  private int lineLength;
  private int headerLength;
  private long bodyBytes;
  private boolean complete;
  private Optional<String> fault = Optional.empty();

  HttpResponseReader(HttpUrl url) {
    this(
        url.digest().map(wanted -> new BodyDigest()),
        url.pattern().map(BodySearch::new),
        one -> {},
        bytes -> {});
  }

  private HttpResponseReader(
      Optional<BodyDigest> digest,
      Optional<BodySearch> search,
      IntConsumer headerSeen,
      Consumer<ByteBuffer> bodySeen) {
    this.digest = digest;
    this.search = search;
    this.headerSeen = headerSeen;
    this.bodySeen = bodySeen;
    chunks = new ChunkReader(bytes -> search.ifPresent(one -> one.add(bytes)));
  }

  /** One that tells the digest of the body, and shows each byte of the header and the body. */
  static HttpResponseReader digesting(IntConsumer headerSeen, Consumer<ByteBuffer> bodySeen) {
    return new HttpResponseReader(
        Optional.of(new BodyDigest()), Optional.empty(), headerSeen, bodySeen);
  }

  /**
   * Reads on.
   *
   * @param bytes what is behind the end of the answer stays unread
   * @return whether nothing more is wanted: the answer is whole, or not to be understood
   */
  public boolean read(ByteBuffer bytes) {
    while (bytes.hasRemaining() && !complete && !header.hasEnded()) {
      readHeader(bytes.get());
    }
    if (bytes.hasRemaining() && !complete) {
      readBody(bytes);
    }
    return complete;
  }

  private void readHeader(byte next) {
    headerLength++;
    headerSeen.accept(next);
    if (headerLength > MOST_HEADER) {
      fail("header longer than " + MOST_HEADER + " bytes");
    } else if (next != '\n') {
      if (lineLength == line.length) {
        line = Arrays.copyOf(line, 2 * line.length);
      }
      line[lineLength] = next;
      lineLength++;
      refuseOtherProtocols();
    } else {
      boolean returned = lineLength > 0 && line[lineLength - 1] == '\r';
      int length = returned ? lineLength - 1 : lineLength;
      lineLength = 0;
      header.line(new String(line, 0, length, StandardCharsets.ISO_8859_1)).ifPresent(this::fail);
      complete |= header.hasEnded() && header.isWhole();
    }
  }

  /** Whoever does not begin with {@code HTTP/} may never send a line. */
  private void refuseOtherProtocols() {
    if (headerLength == FIRST_LINE && header.status() == 0) {
      header
          .line(new String(line, 0, lineLength, StandardCharsets.ISO_8859_1))
          .ifPresent(this::fail);
    }
  }

  private void readBody(ByteBuffer bytes) {
    int begin = bytes.position();
    if (header.isChunked()) {
      chunks.read(bytes);
      take(bytes, begin);
      complete = chunks.hasEnded();
      chunks.fault().ifPresent(this::fail);
      return;
    }
    long left = header.contentLength().orElse(Long.MAX_VALUE) - bodyBytes;
    bytes.position(begin + (int) Math.min(left, bytes.remaining()));
    search.ifPresent(one -> one.add(bytes.slice(begin, bytes.position() - begin)));
    take(bytes, begin);
    complete =
        header.contentLength().isPresent() && bodyBytes == header.contentLength().getAsLong();
  }

  /** Counts in what lies between a position and the present one. */
  private void take(ByteBuffer bytes, int begin) {
    int taken = bytes.position() - begin;
    bodyBytes += taken;
    digest.ifPresent(one -> one.add(bytes.slice(begin, taken)));
    bodySeen.accept(bytes.slice(begin, taken));
  }

  private void fail(String reason) {
    fault = Optional.of(reason);
    complete = true;
  }

  /** What was read, now that nothing more comes. Call it once. */
  HttpResponse response() {
    Optional<String> wrong = fault.isPresent() || header.hasEnded() ? fault : Optional.of(cutOff());
    return new HttpResponse(
        header.hasEnded() ? header.status() : 0,
        header.isChunked() || header.isWhole() ? OptionalLong.empty() : header.contentLength(),
        bodyBytes,
        digest.map(BodyDigest::text),
        search.flatMap(BodySearch::finish),
        wrong);
  }

  private String cutOff() {
    return headerLength == 0
        ? "closed without an answer"
        : "closed after " + headerLength + " bytes, within the header";
  }
}
