#!/usr/bin/env bash
# Runs every test: unit, property and simulation tests, the check of the code's format, and, as
# root, the lab: clusters in network namespaces with real keepalived on the other side.
#
#   sudo packaging/test.sh
set -euo pipefail
# shellcheck source=packaging/lib.sh
. "$(dirname "$0")/lib.sh"

trap return_target_to_owner EXIT
trap 'exit 130' INT TERM

step() { printf '\n%s== %s (%d:%02d)%s\n' "$bold" "$1" $((SECONDS / 60)) $((SECONDS % 60)) "$plain"; }

# Names the tests that failed.
failed_tests() {
  awk '/^ *<testcase / {
         match($0, / name="[^"]*"/)
         name = substr($0, RSTART + 7, RLENGTH - 8)
         match($0, / classname="[^"]*"/)
         class = substr($0, RSTART + 12, RLENGTH - 13)
       }
       /^ *<(failure|error)[ >]/ { print "  " class "." name }' "$@"
}

# Adds up the reports that Maven left, and takes them out of the way: "tests failures errors skipped".
count() {
  local reports=("$root"/target/surefire-reports/TEST-*.xml)
  [[ -e ${reports[0]} ]] || {
    echo 0 0 0 0
    return
  }
  awk '/^<testsuite / {
         for (i = 1; i <= NF; i++) {
           split($i, pair, "\"")
           if (pair[1] == "tests=") tests += pair[2]
           if (pair[1] == "failures=") failures += pair[2]
           if (pair[1] == "errors=") errors += pair[2]
           if (pair[1] == "skipped=") skipped += pair[2]
         }
       }
       END { print tests + 0, failures + 0, errors + 0, skipped + 0 }' "${reports[@]}"
  rm -rf "$root/target/$1" && mv "$root/target/surefire-reports" "$root/target/$1"
}

# The lab needs root, but builds nothing: it uses what the owner's build has left.
lab_tests() {
  local owner_home
  owner_home=$(getent passwd "$(stat -c %U "$root")" | cut -d: -f6)
  cd "$root" && MAVEN_OPTS="${MAVEN_OPTS:-} -Duser.home=$owner_home" mvn -B -ntp surefire:test \
    -DexcludedGroups=none -Dgroups=lab -Dmaven.test.failure.ignore=true
}

status=0 left_out='' lab='0 0 0 0'
if ((EUID == 0)); then
  "$root/packaging/setup.sh" test
else
  "$root/packaging/setup.sh" build
fi
rm -rf "$root"/target/{surefire,unit,lab}-reports "$root/target/lab"

step "Build, unit, property and simulation tests, format"
# A test that fails does not keep the others from running: the counting below sees it.
maven verify -Dmaven.test.failure.ignore=true || status=$?
unit=$(count unit-reports)

if ((status != 0)); then
  left_out="the lab tests, because the build failed"
elif ((EUID != 0)); then
  left_out="the lab tests (namespaces, real keepalived): they need root (sudo $0)"
else
  step "Lab: namespaces, real keepalived on the other side"
  lab_tests || status=$?
  lab=$(count lab-reports)
fi

read -r tests failures errors skipped <<<"$unit"
read -r lab_tests lab_failures lab_errors lab_skipped <<<"$lab"
((failures + errors + lab_failures + lab_errors == 0)) || status=1
step "Done"
for reports in "$root"/target/{unit,lab}-reports; do
  [[ ! -d $reports ]] || failed_tests "$reports"/TEST-*.xml
done
[[ -z $left_out ]] || echo "Left out: $left_out"
((status == 0)) && colour=$green || colour=$red
printf '%sTests run: %d, Failures: %d, Errors: %d, Skipped: %d (unit, property, simulation %d; lab %d)%s\n' \
  "$colour" $((tests + lab_tests)) $((failures + lab_failures)) $((errors + lab_errors)) \
  $((skipped + lab_skipped)) "$tests" "$lab_tests" "$plain"
exit "$status"
