package org.jkeepalived.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Completion for shells, out of the declarations of options and subcommands. */
final class ShellCompletion {

  private final List<Command> commands = new ArrayList<>();
  private final List<String> valued;

  /** What may follow a word: the empty name is the daemon itself. */
  private record Command(String name, List<String> options) {}

  ShellCompletion(Map<String, picocli.CommandLine> subcommands) {
    commands.add(
        new Command(
            "",
            Arrays.stream(Option.values())
                .map(option -> option.spelling().replace(",", ""))
                .toList()));
    subcommands.forEach(
        (name, command) ->
            commands.add(
                new Command(
                    name,
                    command.getCommandSpec().options().stream()
                        .flatMap(option -> Arrays.stream(option.names()))
                        .toList())));
    valued =
        Arrays.stream(Option.values())
            .filter(option -> option.value() == Option.Value.REQUIRED)
            .map(option -> option.spelling().replace(", ", "|"))
            .toList();
  }

  /** For bash: a file of bash-completion's, named as the program. */
  String bash() {
    return """
    # bash completion for jkeepalived
    _jkeepalived() {
      local current=${COMP_WORDS[COMP_CWORD]} options
      if [[ $COMP_CWORD -gt 1 && ${COMP_WORDS[COMP_CWORD - 1]} == @(%s) ]]; then
        COMPREPLY=($(compgen -f -- "$current"))
        return
      fi
      case ${COMP_WORDS[1]} in
    %s  esac
      if [[ $COMP_CWORD -eq 1 && $current != -* ]]; then
        options='%s'
      fi
      COMPREPLY=($(compgen -W "$options" -- "$current"))
      [[ $current == -* || ${#COMPREPLY[@]} -gt 0 ]] || COMPREPLY=($(compgen -f -- "$current"))
    }
    complete -o filenames -F _jkeepalived jkeepalived
    """
        .formatted(String.join("|", valued), cases(), names());
  }

  /** For zsh: a function file, named as the program with an underscore before it. */
  String zsh() {
    return """
    #compdef jkeepalived
    local options
    case ${words[2]} in
    %sesac
    if (( CURRENT == 2 )) && [[ ${words[2]} != -* ]]; then
      options='%s'
    fi
    if (( CURRENT > 2 )) && [[ ${words[CURRENT-1]} == (%s) ]]; then
      _files
    else
      compadd -- ${=options}
      [[ ${words[CURRENT]} == -* ]] || (( CURRENT == 2 )) || _files
    fi
    """
        .formatted(cases(), names(), String.join("|", valued));
  }

  private String names() {
    return commands.stream()
        .map(Command::name)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private String cases() {
    StringBuilder text = new StringBuilder();
    commands.stream()
        .filter(command -> !command.name().isEmpty())
        .forEach(command -> text.append(oneCase(command.name(), command.options())));
    return text.append(oneCase("*", commands.get(0).options())).toString();
  }

  private static String oneCase(String pattern, List<String> options) {
    return "    " + pattern + ") options='" + String.join(" ", options) + "' ;;\n";
  }
}
