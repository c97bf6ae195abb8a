#!/bin/sh
# The verdict on several tables: reads their lines VERDICT=... and prints one line for all: the
# worst of FAIL, INCOMPLETE, INCONCLUSIVE and PASS, or NO-CLAIMS if no table makes a claim.
# usage: scripts/summary.sh NAME TIER <LINES     exit code: 3 for FAIL, 1 for INCOMPLETE, else 0
awk -v table="$1" -v tier="$2" '
    /^VERDICT=/ {
        n++
        for (i = 1; i <= NF; i++) {
            split($i, pair, "=")
            if (pair[1] == "VERDICT") count[pair[2]]++
            if (pair[1] == "data" && !seen[pair[2]]++) data = data (data ? "," : "") pair[2]
            if (pair[1] == "cells") cells += pair[2]
            if (pair[1] == "claims") {
                k = split(pair[2], part, ",")
                for (j = 1; j <= k; j++) { split(part[j], c, ":"); claim[c[1]] += c[2] }
            }
        }
    }
    END {
        word = count["FAIL"] ? "FAIL" : count["INCOMPLETE"] || !n ? "INCOMPLETE" : \
               count["INCONCLUSIVE"] ? "INCONCLUSIVE" : count["PASS"] ? "PASS" : "NO-CLAIMS"
        printf "VERDICT=%s table=%s tier=%s tables=%d verdicts=fail:%d,incomplete:%d,", word, table,
               tier, n, count["FAIL"], count["INCOMPLETE"]
        printf "inconclusive:%d,no-claims:%d,pass:%d data=%s cells=%d ", count["INCONCLUSIVE"],
               count["NO-CLAIMS"], count["PASS"], data, cells
        printf "claims=reproduced:%d,inconclusive:%d,not-reproduced:%d,not-run:%d\n",
               claim["reproduced"], claim["inconclusive"], claim["not-reproduced"], claim["not-run"]
        exit word == "FAIL" ? 3 : word == "INCOMPLETE"
    }'
