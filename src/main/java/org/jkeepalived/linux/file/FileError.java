package org.jkeepalived.linux.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.Libc;

/**
 * What went wrong with a file in the words that operators know from everywhere else: {@code /run/x:
 * Permission denied}. Java's own messages are the name alone, or a class's name.
 */
public final class FileError {

  private FileError() {}

  /** Of an error that may not name its file. */
  public static String text(IOException error, Path file) {
    return error instanceof FileSystemException
        ? text(error)
        : file + ": " + Objects.requireNonNullElse(error.getMessage(), error.toString());
  }

  /** Of an error that names its file, or is clear without. */
  public static String text(IOException error) {
    if (!(error instanceof FileSystemException)) {
      return Objects.requireNonNullElse(error.getMessage(), error.toString());
    }
    FileSystemException ofFile = (FileSystemException) error;
    String reason = reason(ofFile);
    return ofFile.getFile() == null ? reason : ofFile.getFile() + ": " + reason;
  }

  /** Whether this machine, or this process, has no descriptor left, whatever the file is like. */
  public static boolean isOwnLack(IOException error) {
    return error instanceof FileSystemException ofFile
        && Stream.of(Errno.ENFILE, Errno.EMFILE, Errno.ENOMEM)
            .map(Libc::errorText)
            .anyMatch(text -> text.equals(ofFile.getReason()));
  }

  private static String reason(FileSystemException error) {
    if (error.getReason() != null) {
      return error.getReason();
    }
    if (error instanceof AccessDeniedException) {
      return "Permission denied";
    }
    if (error instanceof NoSuchFileException) {
      return "No such file or directory";
    }
    if (error instanceof FileAlreadyExistsException) {
      return "File exists";
    }
    if (error instanceof NotDirectoryException) {
      return "Not a directory";
    }
    if (error instanceof DirectoryNotEmptyException) {
      return "Directory not empty";
    }
    if (error instanceof FileSystemLoopException) {
      return "Too many levels of symbolic links";
    }
    return error.getClass().getSimpleName();
  }
}
