package org.jkeepalived.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jkeepalived.config.grammar.Explanation;
import org.jkeepalived.log.LogTopics;

/** Completion for shells, out of the declarations of options and subcommands. */
final class ShellCompletion {

  /** For sed: what instances and sync groups are called, a line each. */
  private static final String NAMES =
      "s/^[[:space:]]*vrrp_(instance|sync_group)[[:space:]]+\"?([^\"{[:space:]]+).*/\\2/p";

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

    # Instances and sync groups of the configuration, without asking the daemon: that takes a JVM.
    _jkeepalived_names() {
      local i files=(/etc/keepalived/*.conf /etc/keepalived/*/*.conf)
      for ((i = 3; i < COMP_CWORD; i++)); do
        [[ ${COMP_WORDS[i - 1]} != @(-f|--use-file) ]] || files=("${COMP_WORDS[i]}")
      done
      sed -nE '%s' "${files[@]}" 2>/dev/null
    }

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
      elif [[ $current != -* ]]; then
        local words
        case ${COMP_WORDS[1]}:$COMP_CWORD in
          log-level:2) words='%s' ;;
          log-level:3) words='%s' ;;
          maintenance:2) words='on off' ;;
          maintenance:* | status:*) words=$(_jkeepalived_names) ;;
          server:4) words='drain enable weight' ;;
          explain:*) words='%s' ;;
        esac
        if [[ -n $words ]]; then
          COMPREPLY=($(compgen -W "$words" -- "$current"))
          return
        fi
      fi
      COMPREPLY=($(compgen -W "$options" -- "$current"))
      [[ $current == -* || ${#COMPREPLY[@]} -gt 0 ]] || COMPREPLY=($(compgen -f -- "$current"))
    }
    complete -o filenames -F _jkeepalived jkeepalived
    """
        .formatted(
            NAMES,
            String.join("|", valued),
            cases(),
            names(),
            String.join(" ", LogTopics.meanings().keySet()),
            String.join(" ", LogTopics.levels()),
            String.join(" ", Explanation.names()));
  }

  /** For zsh: a function file, named as the program with an underscore before it. */
  String zsh() {
    return """
    #compdef jkeepalived
    local options words_here
    local -a files
    case ${words[2]} in
    %sesac
    if (( CURRENT == 2 )) && [[ ${words[2]} != -* ]]; then
      options='%s'
    fi
    files=(/etc/keepalived/*.conf(N) /etc/keepalived/*/*.conf(N))
    case ${words[2]}:$CURRENT in
      log-level:3) words_here='%s' ;;
      log-level:4) words_here='%s' ;;
      maintenance:3) words_here='on off' ;;
      maintenance:* | status:*)
        (( $#files )) && words_here=${(f)"$(sed -nE '%s' $files 2>/dev/null)"} ;;
      server:5) words_here='drain enable weight' ;;
      explain:*) words_here='%s' ;;
    esac
    if (( CURRENT > 2 )) && [[ ${words[CURRENT-1]} == (%s) ]]; then
      _files
    elif [[ -n $words_here && ${words[CURRENT]} != -* ]]; then
      compadd -- ${=words_here}
    else
      compadd -- ${=options}
      [[ ${words[CURRENT]} == -* ]] || (( CURRENT == 2 )) || _files
    fi
    """
        .formatted(
            cases(),
            names(),
            String.join(" ", LogTopics.meanings().keySet()),
            String.join(" ", LogTopics.levels()),
            NAMES,
            String.join(" ", Explanation.names()),
            String.join("|", valued));
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
