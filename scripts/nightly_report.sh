#!/bin/sh
# The reports on a night's checks, given as lines of STATUS PART NAME VALUE DETAIL with tabs between:
# writes report.md and junit.xml into OUT, appends each check to OUT/history.csv, and prints
# VERDICT=... as the last line.
# FAIL if something is changed, worse or failed; INCOMPLETE if nothing could be compared; else PASS.
# usage: scripts/nightly_report.sh CHECKS KERNELS SECONDS OUT     exit code: 3, 1 or 0
set -u
checks=$1 kernels=$2 seconds=$3 out=$4
commit=$(git describe --always --dirty --abbrev=12 2>/dev/null || echo unknown)
date=$(date -u +%Y-%m-%dT%H:%M:%SZ)
head=$(awk -F '\t' -v commit="$commit" -v kernels="$kernels" -v seconds="$seconds" '
    { n[$1]++ }
    END {
        word = n["changed"] + n["worse"] + n["failed"] ? "FAIL" : \
               n["same"] + n["pass"] ? "PASS" : "INCOMPLETE"
        printf "VERDICT=%s table=nightly commit=%s kernels=%s checks=%d seconds=%d ", word, commit,
               kernels, NR, seconds
        k = split("same pass better new other slow unconfirmed changed worse failed", name, " ")
        for (i = 1; i <= k; i++) printf "%s%s:%d", (i > 1 ? "," : "results="), name[i], n[name[i]]
    }' "$checks")

[ -f "$out/history.csv" ] || echo "date,commit,kernels,part,name,status,value" >"$out/history.csv"
awk -F '\t' -v OFS=, -v d="$date" -v c="$commit" -v k="$kernels" '{ print d, c, k, $2, $3, $1, $4 }' \
    "$checks" >>"$out/history.csv"
{
    echo "# Nightly gate, $date"
    echo
    echo "    $head"
    echo
    echo "What is not as expected comes first. [docs/nightly.md](../../docs/nightly.md) explains the words."
    echo
    echo "| result | part | check | detail |"
    echo "| --- | --- | --- | --- |"
    awk -F '\t' '{ rank = $1 ~ /^(changed|worse|failed)$/ ? 0 : $1 ~ /^(same|pass)$/ ? 2 : 1
        gsub(/\|/, "\\|"); print rank "\t| " $1 " | " $2 " | " $3 " | " $5 " |" }' "$checks" |
        sort -s -k 1,1 | cut -f 2-
} >"$out/report.md"
awk -F '\t' -v seconds="$seconds" '
    function xml(s) { gsub(/&/, "\\&amp;", s); gsub(/</, "\\&lt;", s); gsub(/"/, "\\&quot;", s); return s }
    {
        text = sprintf("  <testcase classname=\"nightly.%s\" name=\"%s\">", $2, xml($3))
        if ($1 ~ /^(changed|worse|failed)$/) {
            bad++
            text = text "<failure message=\"" $1 "\">" xml($5) "</failure>"
        } else if ($1 !~ /^(same|pass|better)$/) {
            skipped++
            text = text "<skipped message=\"" $1 ": " xml($5) "\"/>"
        }
        all = all text "</testcase>\n"
    }
    END {
        print "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
        printf "<testsuite name=\"nightly\" tests=\"%d\" failures=\"%d\" skipped=\"%d\" time=\"%d\">\n", \
               NR, bad, skipped, seconds
        printf "%s</testsuite>\n", all
    }' "$checks" >"$out/junit.xml"

echo "$out/report.md, junit.xml and history.csv written"
echo "$head"
case $head in
VERDICT=FAIL*) exit 3 ;;
VERDICT=INCOMPLETE*) exit 1 ;;
esac
