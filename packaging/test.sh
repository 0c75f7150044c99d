#!/usr/bin/env bash
# Runs every test: unit, property and simulation tests, the check of the code's format, and, as
# root, the lab: clusters in network namespaces with real keepalived on the other side; and the
# virtual machine: directors on a kernel that has IPVS.
#
#   sudo packaging/test.sh
#
# Says one line a test class, and everything about what failed. All that Maven, the tests and the
# daemons say is in files under target/: test-logs (Maven), unit-reports, lab-reports and vm-reports
# (the tests), lab and vm (the daemons). The last line counts the tests, as Maven Surefire does.
#
# Exit codes: 0 all is well; 1 something failed, named before the last line; 130 interrupted.
set -euo pipefail
# shellcheck source=packaging/lib.sh
. "$(dirname "$0")/lib.sh"

readonly logs=$root/target/test-logs
# Whatever a test starts inherits it: so it is found when the run ends before the test did.
export JKEEPALIVED_TEST_RUN=$$

failed=() left_out=() phase=''

# --- the end, also after a Ctrl-C ------------------------------------------------------------

# Sends a signal to every process that comes from this run, this shell excepted.
signal_processes() {
  local file pid
  while IFS= read -r file; do
    pid=${file#/proc/}
    kill "-$1" "${pid%/environ}" 2>/dev/null || true
  done <<<"$(grep -lsz "^JKEEPALIVED_TEST_RUN=$$\$" /proc/[0-9]*/environ)"
}

# Removes the lab's namespaces whose test run, the number in their name, is no more.
remove_namespaces() {
  local namespace
  ((EUID == 0)) || return 0
  for namespace in $(ip netns list | sed -nE 's/^(jk[0-9]+-[0-9]+-[^ ]+).*/\1/p'); do
    [[ $namespace =~ ^jk([0-9]+)- && ! -e /proc/${BASH_REMATCH[1]} ]] || continue
    ip netns pids "$namespace" | xargs -r kill -KILL || true
    ip netns delete "$namespace" || true
  done
}

clean_up() {
  trap '' INT TERM HUP
  local tries=100
  if [[ -n $phase ]]; then
    kill -TERM -- "-$phase" 2>/dev/null || true
    while ((tries-- > 0)) && kill -0 -- "-$phase" 2>/dev/null; do sleep 0.1; done
  fi
  # Stopped first: a parent that lives a little longer would start its child again.
  signal_processes STOP
  signal_processes KILL
  remove_namespaces 2>/dev/null
  return_target_to_owner
}
trap clean_up EXIT
trap 'echo; echo "Interrupted: cleaning up."; exit 130' INT TERM HUP

# --- a phase: one run of Maven ---------------------------------------------------------------

step() { printf '\n%s== %s (%d:%02d)%s\n' "$bold" "$1" $((SECONDS / 60)) $((SECONDS % 60)) "$plain"; }

# One line for each of Surefire's on a test class: verdict, tests, seconds, class.
class_lines() {
  local line verdict colour
  local result='Tests run: ([0-9]+), Failures: ([0-9]+), Errors: ([0-9]+), Skipped: ([0-9]+), Time elapsed: ([0-9.,]+) s.* in (org\.jkeepalived\.)?(.*)$'
  while IFS= read -r line; do
    [[ $line =~ $result ]] || continue
    verdict=ok colour=$green
    ((BASH_REMATCH[4] == 0)) || verdict="ok, but ${BASH_REMATCH[4]} skipped"
    ((BASH_REMATCH[2] + BASH_REMATCH[3] == 0)) || verdict=FAILED colour=$red
    printf '  %-48s %5d %-5s %7.1f s  %s%s%s\n' "${BASH_REMATCH[7]}" "${BASH_REMATCH[1]}" \
      "$( ((BASH_REMATCH[1] == 1)) && echo test || echo tests)" "${BASH_REMATCH[5]/,/}" \
      "$colour" "$verdict" "$plain"
  done
}

# Runs a command, with its output in a file; of that, shows the lines about test classes. In the
# background, since bash attends to a signal only when no command in the foreground keeps it.
#   run_phase NAME COMMAND…
run_phase() {
  local log=$logs/$1.log status=0 shown
  shift
  : >"$log" # before anybody reads it: a shell in the background may open it later than tail does
  set -m # a process group of its own, so that it can be ended as a whole
  "$@" >"$log" 2>&1 </dev/null &
  phase=$!
  set +m
  class_lines < <(tail --pid="$phase" -s 0.3 -n +1 -f "$log") &
  shown=$!
  wait "$phase" || status=$?
  phase=''
  wait "$shown" || true
  return "$status"
}

# Tests that need root, but build nothing: they use what the owner's build has left.
#   root_tests GROUP
root_tests() {
  local owner_home
  owner_home=$(getent passwd "$(stat -c %U "$root")" | cut -d: -f6)
  cd "$root" && MAVEN_OPTS="${MAVEN_OPTS:-} -Duser.home=$owner_home" mvn -B -ntp surefire:test \
    -DexcludedGroups=none "-Dgroups=$1"
}

# Adds up the reports that Surefire left, and takes them out of the way. Sets counted to "tests
# failures errors skipped".
count() {
  local reports=("$root"/target/surefire-reports/TEST-*.xml)
  counted='0 0 0 0'
  [[ -e ${reports[0]} ]] || return 0
  counted=$(awk '/^<testsuite / {
         for (i = 1; i <= NF; i++) {
           split($i, pair, "\"")
           if (pair[1] == "tests=") tests += pair[2]
           if (pair[1] == "failures=") failures += pair[2]
           if (pair[1] == "errors=") errors += pair[2]
           if (pair[1] == "skipped=") skipped += pair[2]
         }
       }
       END { print tests + 0, failures + 0, errors + 0, skipped + 0 }' "${reports[@]}")
  rm -rf "$root/target/$1" && mv "$root/target/surefire-reports" "$root/target/$1"
}

# --- what failed -----------------------------------------------------------------------------

# What Maven says about its own failure.
maven_errors() {
  grep -aE '^\[ERROR\]' "$logs/$1.log" |
    grep -vE '^\[ERROR\]\s*(at |\[Help|To see the full|Re-run|For more info|$)' | head -n 60 || true
  echo "  All of it: ${logs#"$root"/}/$1.log"
}

# Names the tests that failed.
failed_tests() {
  awk '/^ *<testcase / {
         match($0, / name="[^"]*"/)
         name = substr($0, RSTART + 7, RLENGTH - 8)
         match($0, / classname="[^"]*"/)
         class = substr($0, RSTART + 12, RLENGTH - 13)
       }
       /^ *<(failure|error)[ >]/ { print class "." name }' "$@"
}

# Shows, of each class in which a test failed, Surefire's report and everything it logged.
failed_logs() {
  local reports=$1 class
  grep -lE '^ *<(failure|error)[ >]' "$reports"/TEST-*.xml | while IFS= read -r class; do
    class=${class##*/TEST-}
    class=${class%.xml}
    printf '\n%s--- %s%s\n' "$bold" "$class" "$plain"
    cat "$reports/$class.txt" 2>/dev/null || true
    if [[ -s $reports/$class-output.txt ]]; then
      printf '%s--- what its tests logged%s\n' "$bold" "$plain"
      cat "$reports/$class-output.txt"
    fi
  done
}

# Shows what the daemons logged in each cluster of the lab whose test failed, unless the failure's
# message has shown it.
failed_daemons() {
  local marker log
  for marker in "$root"/target/lab/*/failed; do
    [[ -e $marker ]] || continue
    for log in "${marker%/failed}"/*/*.log; do
      if [[ -e $log ]] && ! grep -qsF -e "--- $log" "$1"/*.txt; then
        printf '\n%s--- %s: %s%s\n' "$bold" "$(cat "$marker")" "${log#"$root"/}" "$plain"
        cat "$log"
      fi
    done
  done
}

# Runs the tests of a kind and judges them: sets counted, adds to failed.
#   run_tests NAME COMMAND…
run_tests() {
  local name=$1 status=0 reports=$root/target/$1-reports tests failures errors skipped names
  shift
  run_phase "$name" "$@" || status=$?
  count "$name-reports"
  read -r tests failures errors skipped <<<"$counted"
  if ((failures + errors > 0)); then
    failed_logs "$reports"
    [[ $name != lab ]] || failed_daemons "$reports"
    mapfile -t names < <(failed_tests "$reports"/TEST-*.xml)
    failed+=("${names[@]}")
  fi
  if ((status != 0)) && ! grep -aq '^\[ERROR\] Failed to execute goal .* There are test failures' "$logs/$name.log"; then
    maven_errors "$name"
    failed+=("Maven, while it ran the $name tests: exit code $status")
  elif ((tests == 0)); then
    failed+=("no $name test ran")
  fi
}

# --- the run ---------------------------------------------------------------------------------

if ((EUID == 0)); then
  "$root/packaging/setup.sh" test
else
  "$root/packaging/setup.sh" build
fi
rm -rf "$root"/target/{surefire,unit,lab,vm}-reports "$root"/target/{lab,vm} "$logs"
mkdir -p "$logs"
return_target_to_owner
unit='0 0 0 0' lab='0 0 0 0' vm='0 0 0 0'

step "Build, and the code's format"
built=yes
run_phase build maven -Ppackages -DskipTests package || {
  maven_errors build
  failed+=("the build") left_out+=("every test, because the build failed") built=''
}
if [[ -n $built ]]; then
  run_phase format maven spotless:check || {
    maven_errors format
    failed+=("the check of the code's format (mvn spotless:apply mends it)")
  }

  step "Unit, property and simulation tests"
  run_tests unit maven surefire:test -DforkCount=2 # one a core
  unit=$counted

  if ((EUID == 0)); then
    step "Lab: namespaces, real keepalived on the other side"
    # as a package has it: some thousand starts are quicker with it, and all the same without
    "$root/packaging/archive" >"$logs/archive.log" 2>&1 || true
    run_tests lab root_tests lab
    lab=$counted

    step "Virtual machine: directors on a kernel with IPVS"
    if "$root/packaging/setup.sh" vm >"$logs/vm-setup.log" 2>&1; then
      "$root/packaging/vm/archives" "$root"/target/jkeepalived_*.deb "$root/target/vm/archives" \
        >"$logs/package.log" 2>&1 || true
      run_tests vm root_tests vm
      vm=$counted
    else
      left_out+=("the tests in the virtual machine (IPVS): $(tail -n 1 "$logs/vm-setup.log")")
    fi
  else
    left_out+=("the lab tests (namespaces, real keepalived): they need root (sudo $0)"
      "the tests in the virtual machine (IPVS): they need root, too")
  fi
fi

read -r tests failures errors skipped <<<"$unit"
read -r lab_tests lab_failures lab_errors lab_skipped <<<"$lab"
read -r vm_tests vm_failures vm_errors vm_skipped <<<"$vm"
step "Done"
((${#failed[@]} == 0)) || printf '  Failed: %s\n' "${failed[@]}"
((${#left_out[@]} == 0)) || printf '  Left out: %s\n' "${left_out[@]}"
((${#failed[@]} == 0)) && colour=$green || colour=$red
printf '%sTests run: %d, Failures: %d, Errors: %d, Skipped: %d (unit, property, simulation %d; lab %d; virtual machine %d)%s\n' \
  "$colour" $((tests + lab_tests + vm_tests)) $((failures + lab_failures + vm_failures)) \
  $((errors + lab_errors + vm_errors)) $((skipped + lab_skipped + vm_skipped)) \
  "$tests" "$lab_tests" "$vm_tests" "$plain"
((${#failed[@]} == 0)) || exit 1
