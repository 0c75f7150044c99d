package org.jkeepalived.config.syntax;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Reads configuration from the file system. As keepalived does, it only reads regular files that
 * are not executable, so that a script in a folder of configurations is not taken for one.
 */
public final class FileSystemLoader implements SourceLoader {
  /** Far more than any configuration has; memory is bounded by it. */
  private static final int MOST_BYTES = 32 << 20;

  /** More names than one include can mean to look at: beyond that it finds nothing. */
  private static final int MOST_NAMES = 200_000;

  @Override
  public String directoryOf(String path) {
    try {
      Path absolute = Path.of(path).toAbsolutePath();
      Path parent = absolute.getParent();
      Path directory = parent == null ? absolute : parent;
      try {
        // keepalived asks the system where it is, and that answers without symbolic links
        return directory.toRealPath().toString();
      } catch (IOException e) {
        return directory.normalize().toString();
      }
    } catch (InvalidPathException e) {
      return "/";
    }
  }

  @Override
  public List<String> resolve(String directory, String pattern) {
    List<String> found = List.of(pattern.startsWith("/") ? "/" : "");
    int looked = 0;
    for (String segment : pattern.split("/+")) {
      if (segment.isEmpty()) {
        continue;
      }
      List<String> next = new ArrayList<>();
      for (String prefix : found) {
        if (!prefix.isEmpty() && !prefix.endsWith("/")) {
          // no folder: opening it as one would wait for ever where it is a pipe
          continue;
        }
        if (Wildcards.in(segment)) {
          List<String> names = list(directory, prefix);
          looked += names.size();
          for (String name : names) {
            if (Wildcards.match(segment, name)) {
              next.add(prefix + name);
            }
          }
        } else {
          String name = prefix + segment.replaceAll("\\\\(.)", "$1");
          if (exists(directory, name)) {
            next.add(name);
          }
        }
        if (++looked > MOST_NAMES) {
          return List.of();
        }
      }
      next.replaceAll(name -> isDirectory(directory, name) ? name + "/" : name);
      found = next;
    }
    return pattern.isEmpty() ? List.of() : found;
  }

  /** The names in a folder in their order; none where one may not look, as with glob(3). */
  private static List<String> list(String directory, String prefix) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(Path.of(directory).resolve(prefix))) {
      for (Path entry : entries) {
        names.add(entry.getFileName().toString());
        if (names.size() > MOST_NAMES) {
          break;
        }
      }
    } catch (IOException | DirectoryIteratorException | InvalidPathException e) {
      return List.of();
    }
    Collections.sort(names);
    return names;
  }

  private static boolean exists(String directory, String name) {
    try {
      return Files.exists(Path.of(directory).resolve(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  @Override
  public boolean isDirectory(String directory, String path) {
    try {
      return Files.isDirectory(Path.of(directory).resolve(path));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  @Override
  public Read read(String path) {
    try {
      Path file = Path.of(path);
      if (Files.isDirectory(file)) {
        return Read.failed("is a directory");
      }
      if (!Files.exists(file)) {
        return Read.failed("open problem (No such file or directory)");
      }
      if (!Files.isRegularFile(file) || isExecutable(file)) {
        return Read.failed("is not a regular non-executable file");
      }
      if (Files.size(file) > MOST_BYTES) {
        return tooLarge();
      }
      try (InputStream in = Files.newInputStream(file)) {
        // a file of the kernel's has no size, and may have no end
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        return bytes.length > MOST_BYTES ? tooLarge() : Read.of(decode(bytes));
      }
    } catch (AccessDeniedException e) {
      return Read.failed("open problem (Permission denied)");
    } catch (InvalidPathException e) {
      return Read.failed("open problem (Invalid argument)");
    } catch (IOException e) {
      return Read.failed("open problem (" + e.getMessage() + ")");
    }
  }

  private static Read tooLarge() {
    return Read.failed("is larger than " + (MOST_BYTES >> 20) + " MiB");
  }

  private static boolean isExecutable(Path file) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    return permissions.contains(PosixFilePermission.OWNER_EXECUTE)
        || permissions.contains(PosixFilePermission.GROUP_EXECUTE)
        || permissions.contains(PosixFilePermission.OTHERS_EXECUTE);
  }

  /** UTF-8, or byte for byte where it is none: keepalived does not look at bytes either. */
  private static String decode(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') < 0) {
      return text;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }
}
